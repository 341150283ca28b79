import { done, refused } from '../domain/refusal.ts';
import type { UploadedForm } from '../operations/operation.ts';
import type { ReadBody } from './body.ts';
import { boundaryOf, parseMultipart } from './multipart.ts';

/** Bytes a form with a file may have (B018): a workbook of 2000 assets has a quarter of one million. */
export const largestForm = 16_777_216;

/** Reads the part File of a form, in any case (B230, B236). */
export function readForm(context: { bytes: Uint8Array | undefined; contentType: string | undefined }): ReadBody {
  const { bytes, contentType = '' } = context;
  const malformed = (problem: string): ReadBody => refused({ kind: 'malformed', field: 'body', problem });
  const noFile: ReadBody = refused({ kind: 'missing', field: 'File' });
  if (!bytes || bytes.byteLength === 0) return noFile;
  if (bytes.byteLength > largestForm) return { ok: 'too-large' };
  if (!/^multipart\/form-data\s*(;|$)/i.test(contentType.trim())) return { ok: 'wrong-type' };
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return malformed('a boundary in the Content-Type of the form');
  const parts = parseMultipart(bytes, boundary);
  if (!parts) return malformed('named parts, divided and closed by the boundary that the Content-Type names');
  const file = parts.find(({ name, fileName }) => name.toLowerCase() === 'file' && fileName !== undefined);
  return file ? done<UploadedForm>({ file: file.bytes }) : noFile;
}
