import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file so that at every moment, whatever crashes, either the old content is there or the new one: beside it, flushed to the disk, then
 * renamed. Readable by its owner only. Rejects as the file system does.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const half = `${file}.tmp`;
  try {
    // What a crash left behind may be somebody else's to read: mode counts only for a file that is new.
    await rm(half, { force: true });
    await withHandle(await open(half, 'wx', 0o600), async (handle) => {
      await handle.writeFile(text);
      await handle.sync();
    });
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(file));
}

/** The new name of a file is on the disk only when its folder is. Windows cannot open a folder, and writes names at once. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await withHandle(await open(folder, 'r'), (handle) => handle.sync());
}

async function withHandle(handle: FileHandle, use: (handle: FileHandle) => Promise<void>): Promise<void> {
  try {
    await use(handle);
  } finally {
    await handle.close();
  }
}
