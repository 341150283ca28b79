import { connect } from 'node:net';

/** Milliseconds after which an exchange counts as hanging. Far beyond what any of them takes, however busy the machine. */
const hangMs = 10_000;

/** What to do on one connection. */
export interface Conversation {
  /** Written one after the other, each when the one before has left. */
  readonly writes: readonly (string | Buffer)[];
  /** How many answers to wait for; 0: hang up once everything is written. */
  readonly answers: number;
  /** Whether to wait until the other side has closed the connection as well. */
  readonly untilClosed?: boolean;
}

/** Speaks over a socket of its own; resolves with the statuses of the answers. Rejects if the other side keeps us waiting. */
export function converse(port: number, { writes, answers, untilClosed = false }: Conversation): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1').setNoDelay();
    let [heard, isClosed] = ['', false];
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
      resolve(statuses());
      socket.destroy();
    };
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      heard += text;
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
      const next = rest.shift();
      if (next !== undefined) socket.write(next, () => setImmediate(writeNext));
      else if (answers === 0) socket.destroy();
    };
    socket.on('connect', writeNext);
  });
}
