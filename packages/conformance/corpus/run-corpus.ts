import type { Acknowledgement, createReceiver, Inbox, parseDelivery, redactUrl, Verdict } from '@hubex-kit/receiver';
import type { toFetchHandler } from '@hubex-kit/receiver/fetch';
import type { Answer, Corpus, ParseCase, ReceiveCase, RedactCase } from './cases.ts';
import { bytesOf, requestOf } from './request-of.ts';

/** What is put to the test: the public functions of the receiver, from whatever build of it. */
export interface Kit {
  readonly parseDelivery: typeof parseDelivery;
  readonly createReceiver: typeof createReceiver;
  readonly toFetchHandler: typeof toFetchHandler;
  readonly redactUrl: typeof redactUrl;
}

/** How the corpus went. */
export interface CorpusResult {
  readonly passed: number;
  /** One line a case: file, name, what was expected, what was found. */
  readonly failures: string[];
}

/**
 * Runs every case of the corpus. Needs nothing but what fetch runtimes share, so the same code runs on Node, Deno, Bun, workerd and
 * edge-runtime. Never rejects: a case that throws has failed.
 *
 * @example
 * const { passed, failures } = await runCorpus({ parse, receive, redact }, { parseDelivery, createReceiver, toFetchHandler, redactUrl });
 */
export async function runCorpus({ parse, receive, redact }: Corpus, kit: Kit): Promise<CorpusResult> {
  let passed = 0;
  const failures: string[] = [];
  const check = async (title: string, expected: unknown, run: () => unknown): Promise<void> => {
    let found: unknown;
    try {
      found = await run();
    } catch (cause) {
      found = `it threw ${cause}`;
    }
    if (JSON.stringify(found) === JSON.stringify(expected)) passed++;
    else failures.push(`${title}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
  };
  for (const entry of parse) await check(`parse: ${entry.name}`, inOrder(entry.expect), () => parsed(entry, kit));
  for (const entry of receive) {
    const { status, verdict } = answerOf(entry);
    await check(`receive: ${entry.name}`, { status, verdict, entries: stores(verdict) }, () => received(entry, kit));
  }
  for (const entry of redact) await check(`redact-url: ${entry.name}`, entry.expect, () => redacted(entry, kit));
  return { passed, failures };
}

/** Fields in one order and nothing else, so that the texts can be compared; JSON writes minus zero as zero. */
function inOrder(event: ParseCase['expect']): unknown {
  if (event === 'junk') return event;
  const { id, name, tenantId, assetId } = event;
  return { id, name, tenantId, assetId };
}

function parsed({ text, base64, json }: ParseCase, kit: Kit): unknown {
  const event = kit.parseDelivery(text ?? (base64 === undefined ? json : bytesOf(base64)));
  return event.name === 'junk' ? 'junk' : inOrder(event);
}

/** What this runtime lacks of what some cases need: they expect their `expectWithout` then. */
export function lacking(): readonly NonNullable<ReceiveCase['needs']>[] {
  return typeof DecompressionStream === 'undefined' ? ['gzip'] : [];
}

function answerOf({ expect, needs, expectWithout = expect }: ReceiveCase): Answer {
  return needs && lacking().includes(needs) ? expectWithout : expect;
}

/** The kinds of what the inbox has at the end: one entry for what was stored, none for what was not. */
function stores(verdict: Verdict): readonly string[] {
  if (verdict === 'stored') return ['event'];
  return verdict === 'quarantined' ? ['junk'] : [];
}

async function received(entry: ReceiveCase, kit: Kit): Promise<unknown> {
  const entries: string[] = [];
  const inbox: Inbox = {
    store({ kind }) {
      if (entry.inbox === 'fails') throw new Error('the inbox of this case fails');
      entries.push(kind);
    },
  };
  const receiver = kit.createReceiver({ ...entry.options, inbox, onError: () => undefined });
  const answers: Acknowledgement[] = [];
  const handle = kit.toFetchHandler({
    ...receiver,
    // The verdict is not in the answer to the sender, so it is noted on its way there.
    async receive(incoming) {
      const answer = await receiver.receive(incoming);
      answers.push(answer);
      return answer;
    },
  });
  const { status } = await handle(await requestOf(entry));
  return { status, verdict: answers[0]?.verdict, entries };
}

function redacted({ url }: RedactCase, kit: Kit): unknown {
  return kit.redactUrl(url);
}
