import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Simulator, StateError } from '@hubex-kit/simulator';
import { DataError, reasonOf } from './data-error.ts';
import { lockData } from './data-lock.ts';
import { createKeeper } from './keeper.ts';
import { writeWhole } from './write-whole.ts';

/** A simulator whose tenants are kept in a file. */
export interface KeptData {
  /**
   * Takes the state, ends the simulator by `end` in the same moment, so that no call is made which the state does not know of, writes it and
   * gives the file back. Rejects with DataError when it cannot be written.
   */
  stop(end: () => Promise<void>): Promise<void>;
}

/**
 * Goes on from a file, if it is there, and writes to it what changes from now on. Writes once before it resolves: a file that cannot be written
 * shows at once. Rejects with DataError.
 */
export async function keepData(
  simulator: Simulator,
  { file: given, onError }: { file: string; onError: (error: unknown) => void },
): Promise<KeptData> {
  const file = resolve(given);
  const unlock = lockData(file);
  const write = async (end?: () => Promise<void>): Promise<void> => {
    const state = `${JSON.stringify(simulator.exportState())}\n`;
    const ended = end?.();
    try {
      await writeWhole(file, state);
    } catch (cause) {
      throw new DataError(`${file} cannot be written: ${reasonOf(cause)}. Make room or give it rights.`, { cause });
    } finally {
      await ended;
    }
  };
  try {
    await load(simulator, file);
    await write();
  } catch (error) {
    unlock();
    throw error;
  }
  const keeper = createKeeper(() => write(), onError);
  const unlisten = simulator.onChange(() => keeper.changed());
  return {
    async stop(end) {
      unlisten();
      try {
        await keeper.stop(() => write(end));
      } finally {
        unlock();
      }
    },
  };
}

async function load(simulator: Simulator, file: string): Promise<void> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return;
    throw new DataError(`${file} cannot be read: ${reasonOf(cause)}. Give it rights or name another file.`, { cause });
  }
  try {
    await simulator.importState(parsed(text, file));
  } catch (cause) {
    if (!(cause instanceof StateError)) throw cause;
    throw new DataError(`${file} cannot be used. ${cause.message}`, { cause });
  }
}

/** The reason of JSON.parse is not repeated: it quotes what it found, and that could be a token. */
function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const found = text.trim() === '' ? 'it is empty' : `its ${text.length} characters are no whole JSON`;
    throw new DataError(`${file} is damaged: ${found}. Put a copy of it back, or remove it to begin anew.`);
  }
}
