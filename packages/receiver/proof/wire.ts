import { connect } from 'node:net';

/** Milliseconds after which an exchange counts as hanging. Far beyond what any of them takes, however busy the machine. */
const hangMs = 10_000;

// Taken before anybody gets to replace it.
const { setTimeout } = globalThis;

/** What to do on one connection. */
export interface Conversation {
  /** Written one after the other, each when the one before has left. */
  readonly writes: readonly (string | Buffer)[];
  /** Afterwards pieces of a chunked body, small or large, until the connection is closed. */
  readonly forEver?: 'trickle' | 'flood';
  /** How many answers to wait for; 0: hang up once everything is written. */
  readonly answers: number;
  /** Whether to wait until the other side has closed the connection as well. */
  readonly untilClosed?: boolean;
}

/** What was answered. */
export interface Heard {
  readonly statuses: readonly number[];
  /** Milliseconds from the last thing that was written to the last answer. */
  readonly waitedMs: number;
}

const pieces = { trickle: '1\r\n \r\n', flood: `4000\r\n${' '.repeat(0x4000)}\r\n` };

/** Speaks over a socket of its own. Rejects if the other side keeps us waiting. */
export function converse(port: number, conversation: Conversation): Promise<Heard> {
  const { writes, forEver, answers, untilClosed = false } = conversation;
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1').setNoDelay();
    let [heard, isClosed, writtenAt, heardAt] = ['', false, 0, 0];
    const statuses = (): number[] =>
      // 100 Continue is no answer. Bodies end without a line break, so a status line may stand anywhere.
      [...heard.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status)).filter((status) => status >= 200);
    const guard = setTimeout(() => {
      reject(new Error(`hangs: ${statuses().length} of ${answers} answers after ${hangMs} ms; heard ${heard}`));
      socket.destroy();
    }, hangMs);
    const check = (): void => {
      if (!isClosed && (statuses().length < answers || untilClosed || answers === 0)) return;
      clearTimeout(guard);
      resolve({ statuses: statuses(), waitedMs: Math.max(0, heardAt - writtenAt) });
      socket.destroy();
    };
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      heard += text;
      heardAt = performance.now();
      check();
    });
    // The other side may well close while we are still writing.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      isClosed = true;
      check();
    });
    const [...rest] = writes;
    const writeNext = (): void => {
      if (isClosed) return;
      const next = rest.shift();
      if (next !== undefined || !forEver) writtenAt = performance.now();
      const piece = next ?? (forEver && heard === '' ? pieces[forEver] : undefined);
      if (piece !== undefined) socket.write(piece, () => setImmediate(writeNext));
      // Not a reset, which would take back what the other side has not read yet.
      else if (answers === 0) socket.destroySoon();
    };
    socket.on('connect', writeNext);
  });
}
