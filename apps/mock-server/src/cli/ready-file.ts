import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes the ready line to a file in one step: whoever finds the file finds all of it. Rejects as the file system does. */
export async function writeReadyFile(file: string, line: string): Promise<void> {
  // In the same folder, because only there a rename is one step.
  const half = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(half, line, { mode: 0o600 });
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}
