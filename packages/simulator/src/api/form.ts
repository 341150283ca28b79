import { done, refused } from '../domain/refusal.ts';
import type { UploadedForm } from '../operations/operation.ts';
import type { ReadBody } from './body.ts';

/** Bytes a form with a file may have (B018): a workbook of 2000 assets has a quarter of one million. */
export const largestForm = 16_777_216;

/** Reads the part File of a form, in any case (B230, B236). The platform's own reader does the parsing. */
export async function readForm(context: {
  bytes: Uint8Array | undefined;
  contentType: string | undefined;
}): Promise<ReadBody> {
  const { bytes, contentType = '' } = context;
  if (bytes && bytes.byteLength > largestForm) return { ok: 'too-large' };
  if (!/^multipart\/form-data\s*(;|$)/i.test(contentType.trim())) return bytes ? { ok: 'wrong-type' } : noFile();
  if (!bytes || bytes.byteLength === 0) return noFile();
  const malformed = (problem: string): ReadBody => refused({ kind: 'malformed', field: 'body', problem });
  if (!/;\s*boundary=/i.test(contentType)) return malformed('a boundary in the Content-Type of the form');
  const form = await parse(bytes, contentType);
  if (!form)
    return malformed('multipart/form-data whose parts are divided and closed by the boundary of its Content-Type');
  for (const [name, value] of form) {
    if (name.toLowerCase() === 'file' && typeof value !== 'string') {
      return done<UploadedForm>({ file: new Uint8Array(await value.arrayBuffer()) });
    }
  }
  return noFile();
}

function noFile(): ReadBody {
  return refused({ kind: 'missing', field: 'File' });
}

async function parse(bytes: Uint8Array, contentType: string): Promise<FormData | undefined> {
  // Any byte array is a body at run time; the types of fetch differ between platforms.
  const body = bytes as ConstructorParameters<typeof Response>[0];
  try {
    return await new Response(body, { headers: { 'content-type': contentType } }).formData();
  } catch {
    return undefined;
  }
}
