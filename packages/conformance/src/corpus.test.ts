import { createReceiver, parseDelivery, redactUrl } from '@hubex-kit/receiver';
import { toFetchHandler } from '@hubex-kit/receiver/fetch';
import { parseDelivery as parseAlone } from '@hubex-kit/receiver/parse';
import { describe, expect, test } from 'vitest';
import { toCorpus } from '../corpus/cases.ts';
import parse from '../corpus/parse.json' with { type: 'json' };
import receive from '../corpus/receive.json' with { type: 'json' };
import redact from '../corpus/redact-url.json' with { type: 'json' };
import { runCorpus } from '../corpus/run-corpus.ts';

const corpus = toCorpus({ parse, receive, redact });
const kit = { parseDelivery, createReceiver, toFetchHandler, redactUrl };
const nothing = { parse: [], receive: [], redact: [] };

describe('the corpus', () => {
  test.each(corpus.parse)('parse: $name', async (entry) => {
    expect((await runCorpus({ ...nothing, parse: [entry] }, kit)).failures).toEqual([]);
  });

  test.each(corpus.receive)('receive: $name', async (entry) => {
    expect((await runCorpus({ ...nothing, receive: [entry] }, kit)).failures).toEqual([]);
  });

  test.each(corpus.redact)('redact-url: $name', async (entry) => {
    expect((await runCorpus({ ...nothing, redact: [entry] }, kit)).failures).toEqual([]);
  });

  test('is as large as it says, and no two cases of a file have one name', () => {
    expect(parse.length).toBeGreaterThanOrEqual(60);
    expect(receive.length).toBeGreaterThanOrEqual(40);
    expect(redact.length).toBeGreaterThanOrEqual(15);
    for (const cases of [parse, receive, redact])
      expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  test('is parsed the same by the parser alone', async () => {
    const { passed, failures } = await runCorpus(
      { ...nothing, parse: corpus.parse },
      { ...kit, parseDelivery: parseAlone },
    );
    expect([passed, failures]).toEqual([parse.length, []]);
  });

  test('fails for a kit that is wrong, and tells each case', async () => {
    const wrong = { ...kit, parseDelivery: () => ({ name: 'junk', reason: 'always' }) as const, redactUrl: String };
    const { passed, failures } = await runCorpus(corpus, wrong);
    expect(passed + failures.length).toBe(parse.length + receive.length + redact.length);
    expect(failures).toContainEqual(
      expect.stringMatching(/^parse: event 40 with all ten fields.*expected \{"id":40.*found "junk"$/),
    );
    expect(failures).toContainEqual(expect.stringMatching(/^redact-url: the secret in the query: expected/));
  });
});
