import { inflateRawSync } from 'node:zlib';

/** The parts of an archive by name, unpacked. For archives our own code has written. */
export function partsOf(bytes: Uint8Array): Map<string, Buffer> {
  const zip = Buffer.from(bytes);
  const end = zip.lastIndexOf('PK\u0005\u0006');
  const parts = new Map<string, Buffer>();
  for (let at = zip.readUInt32LE(end + 16), left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    const name = zip.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    parts.set(name, zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed));
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return parts;
}

/** An archive of these parts, stored as they are; a checksum of 0 is one that nobody checks. */
export function zipOf(parts: ReadonlyMap<string, string | Uint8Array>): Buffer {
  const [locals, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, part] of parts) {
    const [label, data] = [Buffer.from(name), Buffer.from(part)];
    // Version, flags, method, time and date, checksum, both sizes, length of the name, no extra field.
    const middle = Buffer.alloc(26);
    middle.writeUInt16LE(20, 0);
    middle.writeUInt32LE(data.length, 14);
    middle.writeUInt32LE(data.length, 18);
    middle.writeUInt16LE(label.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    locals.push(Buffer.of(0x50, 0x4b, 3, 4), middle, label, data);
    directory.push(Buffer.of(0x50, 0x4b, 1, 2), Buffer.from([20, 0]), middle, tail, label);
    offset += 30 + label.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(parts.size, 8);
  end.writeUInt16LE(parts.size, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}
