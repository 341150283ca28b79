import { describe, expect, test } from 'vitest';
import type { Check } from '../check.ts';
import { checkTable } from '../check-table.ts';
import type { Outcome, Result } from '../run-checks.ts';
import { summarize } from '../summary.ts';
import { toJunit } from './junit.ts';
import { Scorecard } from './scorecard.ts';

const find = (id: string): Check => {
  const check = checkTable.find((each) => each.id === id);
  if (!check) throw new Error(`no check ${id}`);
  return check;
};
const result = (id: string, outcome: Outcome, text?: string): Result => ({ check: find(id), outcome, text, ms: 1500 });

const results: readonly Result[] = [
  result('event-40', 'passed'),
  result('event-41', 'failed', 'event 41: answered 500 <& "\u0007\uD800'),
  result('bom', 'failed', 'a byte order mark: answered 400'),
  result('wrong-secret', 'skipped', 'the address has no secret that could be left out'),
  result('no-banner', 'failed', 'the header server'),
  result('storm', 'not-run', 'the time was over'),
];

test('a run counts by severity; only what must be decides, unless it is strict', () => {
  expect(summarize(results, { isStrict: false })).toEqual({
    passed: 1,
    mustFailed: 2,
    shouldFailed: 1,
    infoFailed: 1,
    skipped: 1,
    notRun: 1,
    exitCode: 1,
  });
  const advice = [result('event-40', 'passed'), result('bom', 'failed', 'x')];
  expect(summarize(advice, { isStrict: false }).exitCode).toBe(0);
  expect(summarize(advice, { isStrict: true }).exitCode).toBe(1);
  expect(summarize([result('no-banner', 'failed', 'x')], { isStrict: true }).exitCode).toBe(0);
});

describe('JUnit XML', () => {
  const run = { results, shown: 'http://h/hook?key=***', startedAt: new Date(0) };
  const xml = toJunit({ ...run, isStrict: false });

  test('agrees with the exit code', () => {
    expect(xml).toContain('tests="6" failures="1" errors="1" skipped="3" time="9.000"');
    const strict = toJunit({ ...run, isStrict: true });
    expect(strict).toContain('tests="6" failures="2" errors="1" skipped="2"');
    expect(toJunit({ ...run, results: [result('bom', 'failed', 'x')], isStrict: false })).toContain('failures="0"');
  });

  test('is one suite for each group, one case for each check', () => {
    expect([...xml.matchAll(/<testsuite name="([^"]*)"/g)].map(([, name]) => name)).toEqual([
      'Deliveries',
      'The way bytes travel',
      'Strangers',
      'Storms',
      'What answers give away',
    ]);
    expect(xml).toMatch(
      /<testcase classname="hubex-mock check\.deliveries" name="event-40: accepts 40, asset created" time="1\.500"\/>/,
    );
    expect(xml).toMatch(
      /<failure type="must" message="MUST: event 41: answered 500 [^>]*>found: [\s\S]*\nwhy: [\s\S]*\nfix: [^<]*<\/failure>/,
    );
    expect(xml).toContain('<skipped message="SHOULD: a byte order mark: answered 400"/>');
    expect(xml).toContain('<error type="must" message="MUST: the time was over">');
  });

  test('is well formed: nothing unescaped, nothing that XML 1.0 forbids, each tag closed', () => {
    expect(xml).toContain('answered 500 &lt;&amp; &quot;??');
    const open: string[] = [];
    for (const [, isEnd, name = '', isEmpty] of xml.matchAll(/<(\/)?([a-z]+)(?:\s[^<>]*?)?(\/)?>/g)) {
      if (isEnd) expect(open.pop()).toBe(name);
      else if (!isEmpty) open.push(name);
    }
    expect(open).toEqual([]);
    expect(xml.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!lt;|gt;|amp;|quot;)/);
  });
});

describe('the scorecard', () => {
  const paper = { hasColour: false, width: 80 };

  test('tells of a failed check what was found, why it matters and what to fix', () => {
    const card = new Scorecard(paper);
    expect(card.line(result('bom', 'failed', 'a byte order mark: answered 400'))).toBe(`
  The way bytes travel
    ▲ bom                accepts a byte order mark before the JSON SHOULD
        found a byte order mark: answered 400
        why   One of .NET's UTF-8 encodings writes it, and many JSON parsers
              stumble over it. (B141, B119)
        fix   Take U+FEFF off before parsing; answer 2xx in any case.
`);
    expect(card.line(result('chunked', 'passed'))).toBe('    ✔ chunked            accepts a chunked body\n');
    expect(card.line(result('storm', 'not-run', 'the time was over'))).toContain(
      '✖ storm              accepts every delivery of a storm (the time was over) MUST',
    );
  });

  test('has colours only when asked for', () => {
    const coloured = new Scorecard({ ...paper, hasColour: true }).line(result('bom', 'failed', 'x'));
    expect(coloured).toContain('\u001B[33m▲\u001B[39m');
    expect(new Scorecard(paper).line(result('bom', 'failed', 'x'))).not.toContain('\u001B');
  });

  test('ends with one plain line that any CI can read', () => {
    const foot = new Scorecard(paper).foot(summarize(results, { isStrict: false }), 1234);
    expect(foot).toMatch(
      /Not ready: .*\n {2}Failed: 2 must, 1 should, 1 info, 1 skipped, 1 of the failed were not run; 1\.2 s\n1 passed, 4 failed\n$/,
    );
  });
});
