import type { AssetState } from '@hubex-kit/sdk/sync';
import Database from 'libsql';

/** A table of assets that can be looked at with any SQLite tool. */
export interface Mirror {
  /** Writes the state; tells what is different from before, field by field. Writing the same again tells nothing. */
  put(state: AssetState): readonly string[];
  /** Removes the asset; true if there was one. */
  remove(id: number): boolean;
  close(): void;
}

/** Opens or makes the table. Every change is on the disk when `put` returns. */
export function openMirror(file: string): Mirror {
  const database = new Database(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec(
    'CREATE TABLE IF NOT EXISTS assets (id INTEGER PRIMARY KEY, name TEXT, published TEXT, state TEXT NOT NULL)',
  );
  const find = database.prepare('SELECT state FROM assets WHERE id = ?');
  const write = database.prepare('INSERT OR REPLACE INTO assets (id, name, published, state) VALUES (?, ?, ?, ?)');
  const erase = database.prepare('DELETE FROM assets WHERE id = ?');
  return {
    put(state) {
      const row = find.get(state.id) as { state: string } | undefined; // the column asked for
      const before: Record<string, unknown> = row ? JSON.parse(row.state) : {};
      write.run(state.id, state.name ?? null, state.published ?? null, JSON.stringify(state));
      return differences(before, { ...state });
    },
    remove: (id) => erase.run(id).changes > 0,
    close: () => database.close(),
  };
}

function differences(before: Record<string, unknown>, after: Record<string, unknown>): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const show = (value: unknown): string => (value === undefined ? '—' : JSON.stringify(value));
  return names.flatMap((name) => {
    const [old, now] = [show(before[name]), show(after[name])];
    return old === now ? [] : [`${name}: ${old} → ${now}`];
  });
}
