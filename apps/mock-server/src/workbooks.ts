import type { Workbooks } from '@hubex-kit/simulator';
import { readApplication, screenArchive } from './xlsx/screen-archive.ts';

/**
 * Reads and writes .xlsx files for `createSimulator({ workbooks })`. The library behind it is loaded with the first file.
 * Files that are hostile, broken or too large end in a reason, never in a crash: at most 24 MiB unpacked, 32767 characters a cell.
 */
export const workbooks: Workbooks = {
  async read(bytes, want) {
    const archive = screenArchive(bytes);
    if (typeof archive === 'string') return { kind: 'unreadable', reason: archive };
    const { readSheet } = await import('./xlsx/read-sheet.ts');
    const read = await readSheet(archive, want);
    if (typeof read === 'string') return { kind: 'unreadable', reason: read };
    return { kind: 'read', sheet: read.sheet, application: readApplication(archive) };
  },
  async write(sheets, options) {
    const { writeSheets } = await import('./xlsx/write-sheets.ts');
    return writeSheets(sheets, options);
  },
};
