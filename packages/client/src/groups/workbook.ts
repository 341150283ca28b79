import { badOption } from '../check.ts';
import { isHubexError } from '../error.ts';
import { readJson } from '../settings.ts';

/** Reads .xlsx as bytes and everything else as JSON. One that comes with a refusal is put where error models are (B240). */
export async function readFileOrJson(response: Response): Promise<unknown> {
  const { headers, ok } = response;
  if (!headers.get('Content-Type')?.includes('spreadsheetml')) return readJson(response);
  const workbook = new Uint8Array(await response.arrayBuffer());
  return ok ? workbook : { code: headers.get('X-Application-Errors') ?? 'InvalidData', workbook };
}

/**
 * The workbook HubEx sent back instead of importing it: yours, with a note in each cell that cannot be used. undefined for every other error.
 * @example
 * catch (error) { const notes = faultyWorkbook(error); if (notes) await writeFile('mistakes.xlsx', notes); }
 */
export function faultyWorkbook(error: unknown): Uint8Array | undefined {
  const [first] = isHubexError(error) ? error.errors : [];
  return first && 'workbook' in first && first.workbook instanceof Uint8Array ? first.workbook : undefined;
}

/** What may be sent: a file of the browser, or bytes. */
export async function formOf(file: Blob | Uint8Array): Promise<FormData> {
  // A form would take anything, and HubEx would get the text of a path as its workbook.
  if (!(file instanceof Blob || ArrayBuffer.isView(file)))
    throw badOption('file', `file must be a Blob or a Uint8Array with the workbook; it was ${typeof file}.`);
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  // Any bytes make a blob at run time; the types of it differ between platforms.
  const blob = file instanceof Blob ? file : new Blob([file as unknown as string], { type });
  const form = new FormData();
  form.append('File', blob, 'name' in blob ? String(blob.name) : 'assets.xlsx');
  return form;
}
