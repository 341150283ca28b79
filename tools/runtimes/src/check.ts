import { createHubexClient } from '@hubex-kit/client';
import { createReceiver, redactUrl } from '@hubex-kit/receiver';
import { toFetchHandler } from '@hubex-kit/receiver/fetch';
import { parseDelivery } from '@hubex-kit/receiver/parse';
import { toCorpus } from '../../../packages/conformance/corpus/cases.ts';
import parse from '../../../packages/conformance/corpus/parse.json' with { type: 'json' };
import receive from '../../../packages/conformance/corpus/receive.json' with { type: 'json' };
import redact from '../../../packages/conformance/corpus/redact-url.json' with { type: 'json' };
import { lacking, runCorpus } from '../../../packages/conformance/corpus/run-corpus.ts';

/** What a runtime reports. */
export interface Report {
  /** What it says it is, such as `bun 1.4.5`. */
  readonly runtime: string;
  readonly passed: number;
  readonly failures: readonly string[];
  /** What it lacks of what some cases need. */
  readonly lacks: readonly string[];
}

/** The globals by which runtimes are told apart. */
interface Marks {
  readonly EdgeRuntime?: unknown;
  readonly Bun?: { readonly version: string };
  readonly Deno?: { readonly version: { readonly deno: string } };
  readonly navigator?: { readonly userAgent?: string };
  readonly process?: { readonly version?: string };
}

/** Deno and Bun pretend to be Node, so they are asked first. */
function runtime(): string {
  // No types of a runtime are loaded here, so that none can be relied on.
  const { EdgeRuntime, Bun, Deno, navigator, process } = globalThis as Marks;
  if (EdgeRuntime) return 'edge-runtime';
  if (Bun) return `bun ${Bun.version}`;
  if (Deno) return `deno ${Deno.version.deno}`;
  if (navigator?.userAgent === 'Cloudflare-Workers') return 'workerd';
  return `node ${process?.version}`;
}

/** One call of the client, answered by a function: how it is sent and how the answer is read. */
async function smokeClient(): Promise<readonly string[]> {
  const seen: unknown[] = [];
  const client = createHubexClient({
    accessToken: 'token-of-the-smoke-test',
    baseUrl: 'https://hubex.example/fsm',
    async fetch(input, init) {
      const { method, url, headers } = new Request(input, init);
      seen.push(method, new URL(url).pathname, headers.get('authorization'), headers.get('x-application-id'));
      const body = { 40: { id: 40, code: 'AssetCreated', name: 'Создание объекта' } };
      return Response.json(body, { headers: { 'content-range': 'items=1-1/1' } });
    },
  });
  try {
    for (const { id, name } of await client.events.list()) seen.push(id, name);
  } catch (cause) {
    seen.push(String(cause));
  }
  const expected = ['GET', '/fsm/COMMON/Events', 'Bearer token-of-the-smoke-test', '5', 40, 'Создание объекта'];
  const [was, is] = [JSON.stringify(expected), JSON.stringify(seen)];
  return was === is ? [] : [`client: expected ${was}, found ${is}`];
}

/** The corpus, and the client as one case more. */
export async function check(): Promise<Report> {
  const corpus = await runCorpus(toCorpus({ parse, receive, redact }), {
    createReceiver,
    parseDelivery,
    redactUrl,
    toFetchHandler,
  });
  const client = await smokeClient();
  const passed = corpus.passed + (client.length === 0 ? 1 : 0);
  return { runtime: runtime(), passed, failures: [...corpus.failures, ...client], lacks: lacking() };
}
