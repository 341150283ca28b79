import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a command in a shell with these variables added to our own, on our own stdin, stdout and stderr. Signals we get go on to it, and we
 * wait for it. Returns its exit code, as a shell would: 128 and the signal's number if a signal ended it, 127 if there is no shell.
 */
export async function runCommand(command: string, variables: Readonly<Record<string, string>>): Promise<number> {
  // At a terminal the command stays in our group: it may read from the terminal, and Ctrl-C reaches it by itself. Elsewhere it gets a group
  // of its own, so that a signal reaches everything the shell has started.
  const isAtTerminal = process.stdin.isTTY === true;
  const env = { ...process.env, ...variables };
  const child = spawn(command, { shell: true, stdio: 'inherit', env, detached: !isAtTerminal });
  const handlers = passedOn.map((signal) => {
    const handler = (): void => {
      if (child.pid === undefined || (isAtTerminal && signal === 'SIGINT')) return;
      try {
        process.kill(isAtTerminal ? child.pid : -child.pid, signal);
      } catch {
        // It has just ended.
      }
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  try {
    const [code, signal] = await once(child, 'exit');
    return typeof code === 'number' ? code : 128 + numberOf(signal);
  } catch {
    return 127;
  } finally {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  }
}

function numberOf(signal: unknown): number {
  return Object.entries(constants.signals).find(([name]) => name === signal)?.[1] ?? 0;
}
