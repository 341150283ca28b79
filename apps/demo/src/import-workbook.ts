import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A HubEx and the key to it. */
export interface Place {
  readonly apiUrl: string;
  readonly serviceToken: string;
}

/** The workbook with 300 assets that comes with the mock server. */
export function sampleWorkbook(): Buffer {
  const folder = join(createRequire(import.meta.url).resolve('@hubex-kit/mock-server/package.json'), '..');
  return readFileSync(join(folder, 'samples/assets-300.xlsx'));
}

/** Sends a workbook as any HTTP client would: a form with the part File. */
export async function importWorkbook({ apiUrl, serviceToken }: Place, workbook: Uint8Array): Promise<void> {
  const post = async (
    path: string,
    init: { headers: Record<string, string>; body: string | FormData },
  ): Promise<Response> => {
    const response = await fetch(`${apiUrl}${path}`, { method: 'POST', ...init });
    if (response.ok) return response;
    throw new Error(`${path} answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
  };
  const headers = { 'X-Application-ID': '5' };
  const signIn = await post('/AUTHZ/AccessTokens', {
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ serviceToken }),
  });
  const { access_token } = (await signIn.json()) as { access_token: string }; // as the spec says
  const form = new FormData();
  form.set('File', new Blob([new Uint8Array(workbook)]), 'assets.xlsx');
  await post('/IMPORT/Assets', { headers: { ...headers, Authorization: `Bearer ${access_token}` }, body: form });
}
