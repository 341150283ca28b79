import { expect, test } from 'vitest';
import { judge, readDeliberate } from './deliberate.ts';
import type { Finding } from './finding.ts';

const finding: Finding = { service: 'MSG', kind: 'field', where: 'GET /x .a', problems: ['missing'] };
const entry = { where: ' \\.a$', problem: '^missing$', behaviour: 'B001', reason: 'because' };
const ledger = new Set(['B001']);

test('takes a listed difference', () => {
  const { explained, unexplained, stale } = judge([finding], { deliberate: [entry], ledger });
  expect([explained.length, unexplained, stale]).toEqual([1, [], []]);
});

test('leaves a second problem of the same place open', () => {
  const both = { ...finding, problems: ['missing', 'type string, ours integer'] };
  expect(judge([both], { deliberate: [entry], ledger }).unexplained.map(({ problem }) => problem)).toEqual([
    'type string, ours integer',
  ]);
});

test('complains about an entry that matches nothing', () => {
  expect(judge([], { deliberate: [entry], ledger }).stale).toEqual([expect.stringContaining('matches no difference')]);
});

test('complains about a number that the ledger does not have', () => {
  expect(judge([finding], { deliberate: [{ ...entry, behaviour: 'B999' }], ledger }).stale).toEqual([
    expect.stringContaining('the ledger has no B999'),
  ]);
});

test.each<[string, unknown, string]>([
  ['no list', undefined, 'no list'],
  ['an entry without a reason', [{ ...entry, reason: undefined }], 'entry 1: reason has to be text'],
  ['an unusable pattern', [entry, { ...entry, where: '(' }], 'entry 2: where'],
])('names %s', (_, list, message) => {
  expect(() => readDeliberate(list)).toThrow(message);
});
