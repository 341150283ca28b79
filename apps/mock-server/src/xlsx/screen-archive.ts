import { inflateRawSync } from 'node:zlib';
import { type ArchiveEntry, listEntries } from './archive-entries.ts';

/** An archive in which only what the import needs can be found. */
export interface ScreenedArchive {
  readonly bytes: Uint8Array;
  readonly entries: readonly ArchiveEntry[];
  /** Bytes that they have unpacked. */
  readonly unpacked: number;
}

/** Bytes that the parts of a workbook may have unpacked; 2000 assets have about one million. */
const mostUnpacked = 25_165_824;
/** The same for a list of relations: many of them to one large part would make a reader read it many times. */
const largestRelations = 16_384;
/** Bytes of a part that is read here. */
const largestRead = 65_536;

/** Workbook, strings, styles and sheets; no pictures, notes, links to other files, pivots or charts. */
const needed =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|docProps\/app\.xml|xl\/[^/]+\.xml|xl\/_rels\/[^/]+\.rels|xl\/worksheets\/[^/]+\.xml)$/i;

const oldOffice = [0xd0, 0xcf, 0x11, 0xe0];
const zip = [0x50, 0x4b, 0x03, 0x04];

/** Looks at a file from outside, before any library does. The reason why it is not read, or the archive. */
export function screenArchive(bytes: Uint8Array): ScreenedArchive | string {
  const begins = (magic: readonly number[]): boolean => magic.every((byte, index) => bytes[index] === byte);
  if (begins(oldOffice)) return 'it is an .xls, or protected by a password; save it as .xlsx without one';
  if (!begins(zip)) return 'it is no .xlsx file';
  const entries = listEntries(bytes);
  if (!entries) return 'the archive is cut short or damaged';
  if (entries.some(({ name }) => /vbaProject\.bin$/i.test(name))) return 'it holds macros; save it as .xlsx';
  const kept = entries.filter(({ name }) => needed.test(name));
  if (kept.some(({ isEncrypted }) => isEncrypted)) return 'the archive is encrypted';
  // A part that says it is empty and is not would be unpacked without a limit.
  if (kept.some(({ packed, unpacked, method }) => method !== 0 && unpacked === 0 && packed > 2)) {
    return 'the archive lies about its size';
  }
  const unpacked = kept.reduce((sum, { packed, unpacked, method }) => sum + (method === 0 ? packed : unpacked), 0);
  if (unpacked > mostUnpacked) return `it would unpack to ${unpacked} bytes; at most ${mostUnpacked} are read`;
  const tooMany = kept.find(({ name, unpacked }) => /\.rels$/i.test(name) && unpacked > largestRelations);
  if (tooMany) return `${tooMany.name} has more than ${largestRelations} bytes`;
  const screened = Uint8Array.from(bytes);
  // What has no name anybody asks for cannot be read.
  for (const { nameOffset, name } of entries) if (!needed.test(name)) screened[nameOffset] = 0;
  return { bytes: screened, entries: kept, unpacked };
}

/** A small part as text; undefined when it is not there, too large or damaged: the reader tells whether that matters. */
export function readPart({ bytes, entries }: ScreenedArchive, named: RegExp): string | undefined {
  const entry = entries.find(({ name }) => named.test(name));
  if (!entry || entry.unpacked > largestRead) return undefined;
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
    const part = bytes.subarray(start, start + entry.packed);
    const isStored = entry.method === 0;
    return new TextDecoder().decode(isStored ? part : inflateRawSync(part, { maxOutputLength: largestRead }));
  } catch {
    return undefined;
  }
}

/** The program that saved a workbook, as it says itself. */
export function readApplication(archive: ScreenedArchive): string | null {
  const text = readPart(archive, /^docProps\/app\.xml$/i) ?? '';
  return /<(?:\w+:)?Application>([^<]{1,100})</.exec(text)?.[1]?.trim() ?? null;
}
