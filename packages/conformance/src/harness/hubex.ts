import { createManualClock, type ManualClock, type Simulator } from '@hubex-kit/simulator';
import { expect } from 'vitest';
import { formOf } from './form.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { checkReply } from './spec-check.ts';
import type { Running, Setup, Target } from './target.ts';

/** 2026-03-02 08:15:40 UTC: every test starts at the same moment. */
export const startTime: number = Date.UTC(2026, 2, 2, 8, 15, 40);

/** Who calls: the API user with all rights, one who only reads, the dispatcher of the northern district, or nobody. */
export type Caller = 'admin' | 'reader' | 'dispatcher' | 'nobody';

const memberIds: Readonly<Partial<Record<Caller, number>>> = { reader: 12, dispatcher: 13 };

/** How to send one request. */
export interface SendOptions {
  readonly as?: Caller;
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that are otherwise sent by default. */
  readonly without?: readonly string[];
  /** A body sent as it is, instead of JSON. */
  readonly raw?: string | Uint8Array;
}

/** A reply with its JSON, if it has any. */
export interface JsonReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly bytes: Uint8Array;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape; the spec check has typed them already
  readonly json: any;
}

/** HubEx as tests speak to it. */
export class Hubex {
  readonly clock: ManualClock;
  readonly recorder: Recorder;
  readonly #running: Running;
  readonly #tokens: Map<Caller, string> = new Map();

  private constructor(parts: { clock: ManualClock; recorder: Recorder; running: Running }) {
    this.clock = parts.clock;
    this.recorder = parts.recorder;
    this.#running = parts.running;
  }

  static async start(target: Target, setup: Setup): Promise<Hubex> {
    const clock = createManualClock(startTime);
    const recorder = createRecorder();
    return new Hubex({ clock, recorder, running: await target.start({ ...setup, clock, recorder }) });
  }

  get control(): Simulator['control'] {
    return this.#running.simulator.control;
  }

  get receiverUrl(): string {
    return this.#running.receiverUrl;
  }

  stop(): Promise<void> {
    return this.#running.stop();
  }

  /** `send('GET /ES/Assets')`; each reply is held against the spec. */
  async send(what: string, body?: unknown, options: SendOptions = {}): Promise<JsonReply> {
    const [method = '', path = ''] = what.split(' ');
    const { as = 'admin', without = [] } = options;
    const text = options.raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const defaults: Record<string, string> = {
      'X-Application-ID': '5',
      ...(as === 'nobody' ? {} : { Authorization: `Bearer ${await this.token(as)}` }),
      ...(text === undefined ? {} : { 'Content-Type': 'application/json' }),
    };
    for (const name of without) delete defaults[name];
    const request = { method, path, headers: { ...defaults, ...options.headers }, body: text };
    const reply = await this.#running.send(request);
    checkReply(request, reply);
    const isJson = /^application\/json/.test(reply.headers['content-type'] ?? '');
    return { ...reply, json: isJson && reply.text !== '' ? JSON.parse(reply.text) : undefined };
  }

  /** Sends and expects this status: arrange steps assert themselves. */
  async expect(status: number, what: string, body?: unknown, options?: SendOptions): Promise<JsonReply> {
    const reply = await this.send(what, body, options);
    expect(reply.status, `${what} ${reply.text}`).toBe(status);
    return reply;
  }

  async token(as: Caller): Promise<string> {
    const known = this.#tokens.get(as);
    if (known) return known;
    const memberId = memberIds[as];
    const serviceToken =
      memberId === undefined
        ? 'demo-service-token'
        : (await this.expect(201, 'POST /AUTHZ/ServiceTokens', [memberId])).json[0].token;
    const { json } = await this.expect(200, 'POST /AUTHZ/AccessTokens', { serviceToken }, { as: 'nobody' });
    this.#tokens.set(as, json.access_token);
    return json.access_token;
  }

  /** Forgets tokens, for tests that move time beyond their life. */
  forgetTokens(): void {
    this.#tokens.clear();
  }

  /** Creates an asset below site 101 without any event being of interest; returns its id. */
  async create(fields: Record<string, unknown> = {}): Promise<number> {
    const asset = { name: 'Чиллер', companyID: 1, assetTypeID: 4, assetClassID: 1, parentID: 101, ...fields };
    return (await this.expect(201, 'POST /ES/Assets', asset)).json.id;
  }

  /** Registers an active webhook for these events (all five) at the recorder; returns its id. */
  async hook(fields: Record<string, unknown> = {}): Promise<number> {
    const webhook = {
      name: 'Проверка',
      uri: this.receiverUrl,
      isActive: true,
      events: [40, 41, 42, 43, 44],
      taskStages: [],
      ...fields,
    };
    return (await this.expect(201, 'POST /MSG/Webhooks', [webhook])).json[0];
  }

  /** What the recorder has got once everything is delivered, as `40 101`, in a fixed order. */
  async events(): Promise<readonly string[]> {
    await this.settled();
    return this.recorder.received
      .map(({ text }) => JSON.parse(text))
      .map(({ EventID, AssetID }) => `${EventID} ${AssetID}`)
      .sort();
  }

  /** Imports a workbook, expects 202, lets the delay of the import pass and waits until everything is delivered. */
  async import(bytes: Uint8Array, options: SendOptions = {}): Promise<JsonReply> {
    const { headers, raw } = formOf(bytes);
    const reply = await this.expect(202, 'POST /IMPORT/Assets', undefined, {
      ...options,
      raw,
      headers: { ...headers, ...options.headers },
    });
    this.clock.advance(1_000);
    await this.settled();
    return reply;
  }

  async settled(): Promise<void> {
    const { settled } = await this.control.settled();
    expect(settled).toBe(true);
  }
}
