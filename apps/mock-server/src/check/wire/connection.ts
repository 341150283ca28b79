import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Target } from '../target.ts';
import { parseReply, type Reply } from './reply.ts';

/** Bytes of an answer that are read; HubEx wants none of them. */
const longestReply = 1_048_576;

/** What came of a request: an answer, or the reason why there is none. `ms` counts from the request's first byte. */
export type Exchange =
  | { readonly kind: 'answered'; readonly reply: Reply; readonly ms: number }
  /** Nothing came in time; the connection is still open. */
  | { readonly kind: 'silent'; readonly reason: string; readonly ms: number }
  /** The receiver ended the connection without a whole answer, or answered something that is no HTTP. */
  | { readonly kind: 'broken'; readonly reason: string; readonly ms: number }
  /** No connection came about. */
  | { readonly kind: 'unreachable'; readonly reason: string; readonly ms: number };

/** A connection to the receiver. Nothing it is asked waits for ever, and nothing throws. */
export class Connection {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #heard = 0;
  #end: string | undefined;
  #isReady = false;
  #wake: () => void = () => undefined;

  constructor({ addresses, port, hostname, isTls }: Target) {
    const host = addresses[0] ?? hostname;
    this.#socket = isTls
      ? connectTls({
          host,
          port,
          ALPNProtocols: ['http/1.1'],
          ...(/[a-z]/i.test(hostname) && { servername: hostname }),
        })
      : connect({ host, port });
    this.#socket.setNoDelay(true);
    this.#socket.once(isTls ? 'secureConnect' : 'connect', () => {
      this.#isReady = true;
      this.#wake();
    });
    this.#socket.on('data', (chunk) => {
      this.#heard += chunk.length;
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake();
    });
    this.#socket.on('end', () => this.#ended('it closed the connection'));
    this.#socket.on('error', (error: NodeJS.ErrnoException) => this.#ended(reasonOf(error)));
    this.#socket.on('close', () => this.#ended('it closed the connection'));
  }

  /** Whether the receiver has ended the connection. */
  get isOver(): boolean {
    return this.#end !== undefined;
  }

  /** Bytes that came so far, answers that were read included. */
  get heard(): number {
    return this.#heard;
  }

  /** Resolves with undefined once connected, else with the reason why not. */
  async opened(patienceMs: number): Promise<string | undefined> {
    const isInTime = await this.#until(() => this.#isReady || this.isOver, patienceMs);
    if (this.#isReady) return undefined;
    return isInTime ? this.#end : `no connection within ${patienceMs} ms`;
  }

  /** Sends bytes; resolves when they have left, when the receiver answers or hangs up before that, or when the patience is over. */
  async write(bytes: string | Buffer, patienceMs: number): Promise<void> {
    if (this.isOver || !this.#socket.writable) return;
    let hasLeft = false;
    this.#socket.write(bytes, () => {
      hasLeft = true;
      this.#wake();
    });
    await this.#until(() => hasLeft || this.isOver || this.#received.length > 0, patienceMs);
  }

  /** The next answer. `since`: when its request began, by performance.now(). */
  async reply({
    isHead,
    since,
    patienceMs,
  }: {
    isHead: boolean;
    since: number;
    patienceMs: number;
  }): Promise<Exchange> {
    let found: Exchange | undefined;
    const look = (): boolean => {
      const parsed = parseReply(this.#received, { isHead, hasEnded: this.isOver });
      const ms = performance.now() - since;
      if (parsed.kind === 'reply') {
        this.#received = parsed.rest;
        found = { kind: 'answered', reply: parsed.reply, ms };
      } else if (parsed.kind === 'broken') found = { kind: 'broken', reason: parsed.reason, ms };
      else if (this.#received.length > longestReply)
        found = { kind: 'broken', reason: `the answer has more than ${longestReply} bytes`, ms };
      else if (this.#end !== undefined) found = { kind: 'broken', reason: `${this.#end} without an answer`, ms };
      return found !== undefined;
    };
    await this.#until(look, patienceMs);
    return found ?? { kind: 'silent', reason: `no answer within ${patienceMs} ms`, ms: performance.now() - since };
  }

  /** Resolves true as soon as the receiver says anything or ends the connection; false when the patience is over. */
  stirred(patienceMs: number): Promise<boolean> {
    return this.#until(() => this.#received.length > 0 || this.isOver, patienceMs);
  }

  /** Resolves true as soon as the receiver has ended the connection; false when the patience is over. */
  closed(patienceMs: number): Promise<boolean> {
    return this.#until(() => this.isOver, patienceMs);
  }

  /** Breaks off. */
  destroy(): void {
    this.#socket.destroy();
  }

  #ended(reason: string): void {
    this.#end ??= reason;
    this.#wake();
  }

  /** One question at a time: the next one takes the place of the last. */
  #until(isDone: () => boolean, patienceMs: number): Promise<boolean> {
    if (isDone()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const finish = (result: boolean): void => {
        clearTimeout(timer);
        this.#wake = () => undefined;
        resolve(result);
      };
      const timer = setTimeout(() => finish(false), patienceMs);
      this.#wake = () => {
        if (isDone()) finish(true);
      };
    });
  }
}

function reasonOf(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'nobody listens there (ECONNREFUSED)';
    case 'ECONNRESET':
    case 'EPIPE':
      return `it broke the connection off (${error.code})`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `its certificate is not trusted (${error.code}); NODE_EXTRA_CA_CERTS names a file with one that is`;
    default:
      // OpenSSL's own text starts with an address in memory.
      return error.code?.startsWith('ERR_SSL_') ? `TLS failed: ${error.code}` : error.message;
  }
}
