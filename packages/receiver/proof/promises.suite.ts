import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Acknowledgement, createReceiver, type Receiver } from '../src/index.ts';
import { conversationsOf } from './conversations.ts';
import type { Exception } from './exceptions.ts';
import { hosts, listen } from './hosts.ts';
import { type Fault, maxBodyBytes, type Shape, secrets, shapes } from './shapes.ts';
import { converse } from './wire.ts';

/** A receiver that plays its part of a shape. */
function receiverOf({ fault, way }: Shape): { receiver: Receiver; handled: number[] } {
  const handled: number[] = [];
  const boom = (when: Fault): void => {
    if (fault === when) throw new Error(when);
  };
  const receiver = createReceiver({
    secrets,
    maxBodyBytes,
    // The suite is not to wait long for bodies that never come, nor to lose one that a busy machine delays.
    bodyTimeoutMs: way === 'no end' ? 100 : 60_000,
    inbox: {
      store() {
        boom('inbox throws');
        return fault === 'inbox rejects' ? Promise.reject(new Error(fault)) : undefined;
      },
    },
    onError: () => boom('onError throws'),
  }).on('*', ({ id }) => {
    handled.push(id ?? 0);
    boom('handler throws');
    return fault === 'handler rejects' ? Promise.reject(new Error(fault)) : undefined;
  });
  return { receiver, handled };
}

/** One receiver for a server, behind which each shape puts its own. */
function createStage(): {
  front: Receiver;
  play(shape: Shape): ReturnType<typeof receiverOf> & { seen: Promise<Acknowledgement>[] };
} {
  let [current, seen]: [Receiver, Promise<Acknowledgement>[]] = [
    receiverOf(shapes[0] ?? expect.unreachable()).receiver,
    [],
  ];
  const front: Receiver = {
    on: () => front,
    idle: () => current.idle(),
    receive(request) {
      const answer = current.receive(request);
      seen.push(answer);
      return answer;
    },
  };
  return {
    front,
    play(shape) {
      const made = receiverOf(shape);
      [current, seen] = [made.receiver, []];
      return { ...made, seen };
    },
  };
}

test('no two shapes have the same name', () => {
  expect(new Set(shapes.map(({ name }) => name)).size).toBe(shapes.length);
});

describe.each(hosts)('$name', ({ open, exceptions }) => {
  const stage = createStage();
  let server: Server;
  let port: number;

  beforeAll(async () => {
    server = await open(stage.front);
    port = await listen(server);
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('has exceptions only to shapes there are', () => {
    expect(shapes.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(exceptions)));
  });

  test.each(shapes.filter(({ name }) => isAsked(exceptions[name])))('$name: $status', async (shape) => {
    const { status, verdict } = { ...shape, ...exceptions[shape.name] };
    const { receiver, handled, seen } = stage.play(shape);
    const conversations = conversationsOf(shape, status);
    const answers = await Promise.all(conversations.map((each) => converse(port, each)));
    const expected = conversations.map((each) => Array(each.answers).fill(status));
    expect(answers).toEqual(expected);
    const count = verdict === null ? 0 : Math.max(expected.flat().length, 1);
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(count);
    expect((await Promise.all(seen)).map((answer) => answer.verdict)).toEqual(Array(count).fill(verdict));
    await receiver.idle();
    expect(handled).toHaveLength(verdict === 'stored' ? count : 0);
  });

  test.each(Object.entries(exceptions).filter(([, exception]) => !isAsked(exception)))(
    'is not asked: %s',
    (_, { why }) => {
      expect(why).not.toBe('');
    },
  );
});

function isAsked(exception: Exception | undefined): boolean {
  return !exception || exception.status !== undefined;
}
