/** One part of a form. */
export interface FormPart {
  readonly name: string;
  /** undefined for a field; a file may have an empty name. */
  readonly fileName: string | undefined;
  readonly bytes: Uint8Array;
}

/** Bounds: ASP.NET's own are alike. */
const mostParts = 1_000;
const longestHead = 16_384;

const [cr, lf, dash] = [13, 10, 45];

/**
 * The parts of a multipart body, or undefined when it is not divided and closed as its boundary says. It takes what clients send that
 * fetch's own reader refuses: names without quotes (.NET), `filename*` (Python), text before the first boundary.
 */
export function parseMultipart(bytes: Uint8Array, boundary: string): readonly FormPart[] | undefined {
  const mark = new TextEncoder().encode(`--${boundary}`);
  const parts: FormPart[] = [];
  let at = findMark(bytes, { mark, from: 0 });
  while (at !== undefined && parts.length <= mostParts) {
    let start = at + mark.length;
    if (bytes[start] === dash && bytes[start + 1] === dash) return parts;
    // Spaces may follow a boundary; they belong to nobody.
    while (bytes[start] === 32 || bytes[start] === 9) start++;
    if (bytes[start] !== cr || bytes[start + 1] !== lf) return undefined;
    const next = findMark(bytes, { mark, from: start });
    if (next === undefined) return undefined;
    const part = readPart(bytes.subarray(start + 2, Math.max(start + 2, next - 2)));
    if (!part) return undefined;
    parts.push(part);
    at = next;
  }
  return undefined;
}

/** The boundary that a Content-Type names. */
export function boundaryOf(contentType: string): string | undefined {
  const [, quoted, plain] = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType) ?? [];
  return quoted ?? plain;
}

/** Where a boundary stands at the beginning of a line. */
function findMark(bytes: Uint8Array, { mark, from }: { mark: Uint8Array; from: number }): number | undefined {
  const isAt = (at: number): boolean => mark.every((byte, index) => bytes[at + index] === byte);
  if (from === 0 && isAt(0)) return 0;
  for (let at = bytes.indexOf(cr, from); at >= 0; at = bytes.indexOf(cr, at + 1)) {
    if (bytes[at + 1] === lf && bytes[at + 2] === dash && isAt(at + 2)) return at + 2;
  }
  return undefined;
}

function readPart(bytes: Uint8Array): FormPart | undefined {
  const end = headEnd(bytes);
  if (end === undefined) return undefined;
  const head = new TextDecoder().decode(bytes.subarray(0, end));
  const disposition = /^content-disposition\s*:\s*form-data\s*(;.*)$/im.exec(head)?.[1];
  const parameters = new Map(
    [...(disposition ?? '').matchAll(/;\s*([\w*]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;\s]*))/g)].map(
      ([, name = '', quoted, plain = '']) =>
        [name.toLowerCase(), quoted?.replaceAll(/\\(["\\])/g, '$1') ?? plain] as const,
    ),
  );
  const name = parameters.get('name');
  if (name === undefined) return undefined;
  return { name, fileName: parameters.get('filename*') ?? parameters.get('filename'), bytes: bytes.subarray(end + 4) };
}

/** Where the head of a part ends: before an empty line. */
function headEnd(bytes: Uint8Array): number | undefined {
  for (let at = bytes.indexOf(cr); at >= 0 && at < longestHead; at = bytes.indexOf(cr, at + 1)) {
    if (bytes[at + 1] === lf && bytes[at + 2] === cr && bytes[at + 3] === lf) return at;
  }
  return undefined;
}
