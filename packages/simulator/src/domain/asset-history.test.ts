import { expect, test } from 'vitest';
import type { Asset } from './asset.ts';
import { AssetHistory } from './asset-history.ts';

// Only its identity matters here.
const version = (name: string): Asset => ({ name }) as Asset;

test('knows what each asset was some changes ago', () => {
  const history = new AssetHistory();
  history.note(1, undefined);
  history.next();
  history.note(1, version('seeded'));
  history.next();
  history.note(1, version('changed'));
  history.note(1, version('changed once more'));
  history.note(2, undefined);
  expect([...history.before(1)]).toEqual([
    [1, version('changed')],
    [2, undefined],
  ]);
  expect(history.before(2).get(1)).toEqual(version('seeded'));
  expect(history.before(9)).toEqual(history.before(2));
});

test('keeps 20000 writes, and forgets a change that is larger', () => {
  const history = new AssetHistory();
  history.next();
  history.note(1, version('old'));
  history.next();
  for (let id = 2; id < 20_002; id++) history.note(id, undefined);
  expect(history.before(9).size).toBe(20_000);
  history.note(20_002, undefined);
  history.note(20_003, undefined);
  expect(history.before(9).size).toBe(0);
});
