import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Receiver } from '../src/index.ts';
import { type Awaited, conversationsOf } from './conversations.ts';
import type { Exceptions } from './exceptions.ts';
import type { Shape, Way } from './shapes.ts';
import { converse, type Heard } from './wire.ts';

/** A place with a receiver in it, ready to be asked. */
export interface OpenPlace {
  /** Sends what the shape stands for. */
  ask(shape: Shape, awaited: Awaited): Promise<Heard>;
  close(): Promise<void>;
}

/** Somewhere a receiver may live. */
export interface Place {
  readonly name: string;
  readonly open: (receiver: Receiver) => Promise<OpenPlace>;
  readonly exceptions: Exceptions;
  /** The ways a request can come there; what is about bytes on a connection means nothing to a function. Default: all. */
  readonly ways?: readonly Way[];
  /** Whether something reads and parses bodies before the receiver does. */
  readonly parsesFirst?: true;
}

/** Real sockets to a real server. */
export async function openServer(server: Server): Promise<OpenPlace> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    async ask(shape, awaited) {
      const all = await Promise.all(conversationsOf(shape, awaited).map((each) => converse(port, each)));
      return {
        statuses: all.flatMap(({ statuses }) => statuses),
        waitedMs: Math.max(...all.map(({ waitedMs }) => waitedMs)),
      };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A function that is called: no sockets. */
export function openFunction(call: (shape: Shape) => Promise<number>): OpenPlace {
  return {
    async ask(shape) {
      const since = performance.now();
      const calls = Array.from({ length: shape.way === 'at once' ? 20 : 1 }, () => call(shape));
      return { statuses: await Promise.all(calls), waitedMs: performance.now() - since };
    },
    close: async () => undefined,
  };
}
