import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DataError, reasonOf } from './data-error.ts';

/** Locks of this process: its own pid in a lock file that is not among them is of another process that had the same pid, as in a container. */
const held = new Set<string>();

/**
 * Keeps other mocks from a file with `file.lock`, which holds the pid of who has it; one whose process is gone is taken over. Returns what gives
 * it back.
 * @throws DataError when a running mock has it or the folder cannot be written.
 */
export function lockData(file: string): () => void {
  const lock = `${file}.lock`;
  const own = String(process.pid);
  for (let tries = 1; ; tries++) {
    try {
      writeFileSync(lock, own, { flag: 'wx', mode: 0o600 });
      break;
    } catch (cause) {
      if (!isCode(cause, 'EEXIST'))
        throw new DataError(`${file} cannot be written: ${reasonOf(cause)}. Name a file in a folder of yours.`, {
          cause,
        });
    }
    const owner = ownerOf(lock);
    if (tries > 3 || isRunning(owner, lock))
      throw new DataError(
        `${file} is in use by another mock (process ${owner}). Stop it or name another file; if there is none, remove ${lock}.`,
      );
    rmSync(lock, { force: true });
  }
  held.add(lock);
  return () => {
    held.delete(lock);
    // Somebody may have removed it by hand and another mock may have it now.
    if (ownerOf(lock) === own) rmSync(lock, { force: true });
  };
}

function ownerOf(lock: string): string {
  try {
    return readFileSync(lock, 'utf8').trim();
  } catch {
    return '';
  }
}

/** A signal 0 only asks; EPERM says that the process is there and somebody else's. An unreadable pid is that of a crash while writing it. */
function isRunning(owner: string, lock: string): boolean {
  const pid = /^\d{1,10}$/.test(owner) ? Number(owner) : 0;
  if (pid === 0) return false;
  if (pid === process.pid) return held.has(lock);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
