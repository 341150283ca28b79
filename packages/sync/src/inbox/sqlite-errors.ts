import { SyncError } from '../sync-error.ts';

/** What the codes mean for whoever runs the program. */
const meanings: Readonly<Record<number, string>> = {
  5: 'another process is writing into the file and did not finish in 5 s; let only one process use it, or make its transactions short',
  6: 'another connection of this process holds a lock on the file',
  8: 'the file or its directory is read-only; give the process the right to write both',
  10: 'the disk reported an error',
  11: 'the file is damaged; restore it from a backup, or move it away: a comparison finds what was lost',
  13: 'the disk is full; it works again by itself once the disk has room',
  14: 'the file cannot be opened; its directory must exist and be writable',
  26: 'the file is no SQLite database; give the inbox a file of its own',
};

/** Turns what a driver throws into an error that names the way out. */
export function explainSqlite(what: string, cause: unknown): SyncError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const meaning = meanings[resultCode(cause, message)];
  return new SyncError('sync/inbox-failed', `SQLite: ${what}: ${meaning ? `${meaning} (${message})` : message}.`, {
    cause,
  });
}

/** node:sqlite says errcode, libsql rawCode, better-sqlite3 only a name; the low byte is the kind. */
function resultCode(cause: unknown, message: string): number {
  const { errcode, rawCode, code } = Object(cause) as { errcode?: unknown; rawCode?: unknown; code?: unknown }; // Any of them may be missing.
  if (typeof errcode === 'number') return errcode & 0xff;
  if (typeof rawCode === 'number') return rawCode & 0xff;
  const names = { BUSY: 5, LOCKED: 6, READONLY: 8, IOERR: 10, CORRUPT: 11, FULL: 13, CANTOPEN: 14, NOTADB: 26 };
  const found = Object.entries(names).find(([name]) => String(code).startsWith(`SQLITE_${name}`));
  // libsql reports a file that cannot be opened in words only.
  return found?.[1] ?? (/unable to open/i.test(message) ? 14 : 0);
}
