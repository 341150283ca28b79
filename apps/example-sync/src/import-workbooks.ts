import { workbooks } from '@hubex-kit/mock-server/workbooks';
import type { HubexClient } from '@hubex-kit/sdk/client';

/** Assets HubEx takes in one file. */
const mostRows = 2_000;

const columns = ['Название*', 'Компания*', 'Тип*', 'Класс*', 'Участок*', 'Серийный номер', 'ERP ID'];

/** Where to import. */
export interface ImportPlace {
  readonly baseUrl: string;
  readonly serviceToken: string;
  readonly client: HubexClient;
}

/** Imports `count` new assets with .xlsx files of at most 2000 rows; resolves when HubEx has written all of them, with the milliseconds it took. */
export async function importAssets({ baseUrl, serviceToken, client }: ImportPlace, count: number): Promise<number> {
  const headers = { 'X-Application-ID': '5' };
  const signIn = await fetch(`${baseUrl}/AUTHZ/AccessTokens`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ serviceToken }),
  });
  const { access_token } = (await signIn.json()) as { access_token: string }; // as the spec says
  const before = await client.assets.count();
  let spent = 0;
  for (let from = 0; from < count; from += mostRows) {
    const form = new FormData();
    const bytes = await workbookOf({ first: before + from, count: Math.min(mostRows, count - from) });
    form.set('File', new Blob([new Uint8Array(bytes)]), 'assets.xlsx');
    const started = performance.now();
    const reply = await fetch(`${baseUrl}/IMPORT/Assets`, {
      method: 'POST',
      headers: { ...headers, Authorization: `Bearer ${access_token}` },
      body: form,
    });
    if (reply.status !== 202)
      throw new Error(`The import answered ${reply.status}: ${(await reply.text()).slice(0, 300)}`);
    // HubEx answers before it writes.
    const expected = Math.min(before + from + mostRows, before + count);
    while ((await client.assets.count()) < expected) await new Promise((resolve) => setTimeout(resolve, 20));
    spent += performance.now() - started;
  }
  return spent;
}

function workbookOf({ first, count }: { first: number; count: number }): Promise<Uint8Array> {
  const rows = Array.from({ length: count }, (_, index) => {
    const number = first + index;
    const place = ['ООО «Кедр-Логистика»', 'Пассажирский лифт', null, 'Южный участок'];
    return [`Объект ${number}`, ...place, `ПЛ-${100_000 + number}`, `1С-${number}`];
  });
  const sheet = { name: 'Объекты и оборудование', rows: [[], [], columns, ...rows] };
  return workbooks.write([sheet], { modified: Date.now() });
}
