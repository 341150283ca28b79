import { workbooks } from '@hubex-kit/mock-server/workbooks';
import type { HubexClient } from '@hubex-kit/sdk/client';

/** Assets HubEx takes in one file. */
const mostRows = 2_000;

const columns = ['Название*', 'Компания*', 'Тип*', 'Класс*', 'Участок*', 'Серийный номер', 'ERP ID'];

/** Milliseconds HubEx gets to write one file. */
const longestWrite = 30_000;

/** Imports `count` new assets with .xlsx files of at most 2000 rows; resolves when HubEx has written all of them, with the milliseconds it took. */
export async function importAssets(client: HubexClient, count: number): Promise<number> {
  const before = await client.assets.count();
  let spent = 0;
  for (let from = 0; from < count; from += mostRows) {
    const rows = Math.min(mostRows, count - from);
    const workbook = await workbookOf({ first: before + from, count: rows });
    const started = performance.now();
    await client.assets.import(workbook);
    await written(client, before + from + rows);
    spent += performance.now() - started;
  }
  return spent;
}

/** HubEx answers before it writes and tells nobody when it has: its assets are counted until all of them are there. */
async function written(client: HubexClient, expected: number): Promise<void> {
  const deadline = performance.now() + longestWrite;
  for (let found = 0; found < expected; found = await client.assets.count()) {
    if (performance.now() > deadline)
      throw new Error(`${longestWrite / 1_000} s after the import there are ${found} assets, not ${expected}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
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
