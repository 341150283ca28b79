/** One file of a zip archive, as its central directory tells. */
export interface ArchiveEntry {
  readonly name: string;
  /** Bytes before and after unpacking, as declared: the reader stops at what was declared. */
  readonly packed: number;
  readonly unpacked: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Where the local part begins, and where the name stands in the directory. */
  readonly offset: number;
  readonly nameOffset: number;
}

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const endLength = 22;
const entryLength = 46;
const longestComment = 65_535;

/** Lists an archive, or undefined when it is cut short, damaged or of the kind for files above 4 GiB. Never reads outside the bytes. */
export function listEntries(bytes: Uint8Array): readonly ArchiveEntry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - endLength;
  const lowest = Math.max(0, end - longestComment);
  while (end >= lowest && view.getUint32(end, true) !== endOfDirectory) end--;
  if (end < lowest) return undefined;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff) return undefined;
  const entries: ArchiveEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (at + entryLength > bytes.length || view.getUint32(at, true) !== directoryEntry) return undefined;
    const nameLength = view.getUint16(at + 28, true);
    const nameOffset = at + entryLength;
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(nameOffset, nameOffset + nameLength)),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      method: view.getUint16(at + 10, true),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      offset: view.getUint32(at + 42, true),
      nameOffset,
    });
    at = nameOffset + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}
