import type { Shape } from './shapes.ts';
import type { Conversation } from './wire.ts';

/** What is to be answered. */
export interface Awaited {
  /** 0: nothing is. */
  readonly status: number;
  /** Whether the receiver answers, not something in front of it. */
  readonly isOurs: boolean;
}

/** The conversations a shape stands for, each on a connection of its own. */
export function conversationsOf(shape: Shape, { status, isOurs }: Awaited): readonly Conversation[] {
  const { way = 'one' } = shape;
  const body = Buffer.from(shape.body ?? '');
  const whole = Buffer.concat([head(shape, `content-length: ${body.length}`), body]);
  // What answers 408 and 413 has to close the connection too: it may not wait for a rest nobody wants.
  const untilClosed = isOurs && [408, 413].includes(status);
  // Where nobody answers, there is nothing to wait for.
  const answers = status === 0 ? 0 : 1;
  switch (way) {
    case 'one':
      return [{ writes: [whole], answers, untilClosed }];
    case 'chunked':
      return [
        {
          writes: [head(shape, 'transfer-encoding: chunked'), ...halves(body).map(toChunk), '0\r\nTrailer: 1\r\n\r\n'],
          answers,
          untilClosed,
        },
      ];
    case 'in bytes':
      return [{ writes: [...whole].map((byte) => Buffer.from([byte])), answers }];
    case 'no end':
      return [{ writes: [head(shape, 'content-length: 5000'), body], answers, untilClosed }];
    case 'trickle':
    case 'flood':
      return [
        {
          writes: [head(shape, 'transfer-encoding: chunked')],
          ...(answers ? { forEver: way } : {}),
          answers,
          untilClosed,
        },
      ];
    case 'no wait':
      return [{ writes: [whole], answers: 0 }];
    case 'cut off':
      return [{ writes: [head(shape, 'content-length: 5000'), body], answers: 0 }];
    case 'kept alive':
      return [{ writes: [whole, whole], answers: 2 }];
    case 'pipelined':
      return [{ writes: [Buffer.concat([whole, whole, whole])], answers: 3 }];
    case 'at once':
      return Array.from({ length: 20 }, () => ({ writes: [whole], answers }));
    case 'expect':
      return [{ writes: [head(shape, `content-length: ${body.length}\r\nexpect: 100-continue`), body], answers }];
    default:
      return way satisfies never;
  }
}

/** With an extension, which nobody has to understand. */
function toChunk(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)};of=2\r\n`), bytes, Buffer.from('\r\n')]);
}

function halves(body: Buffer): readonly Buffer[] {
  const middle = body.length >> 1;
  return [body.subarray(0, middle), body.subarray(middle)];
}

function head({ method = 'POST', target, headers, version = '1.1' }: Shape, length: string): Buffer {
  const all = { 'content-type': 'application/json', ...headers };
  const lines = Object.entries(all).flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  return Buffer.from(
    [`${method} ${target} HTTP/${version}`, 'host: own.example', ...lines, length, '', ''].join('\r\n'),
  );
}
