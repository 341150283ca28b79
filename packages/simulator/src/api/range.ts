/** Rows HubEx gives at most when nobody asks for a range (B058). */
export const silentCut = 10_000;

// An offset or fetch from here on is treated like the 1000000000 that was seen to be ignored (B060).
const absurd = 1_000_000_000;

/** The rows a caller asked for: indexes from 0, `till` excluded. */
export type RequestedRange =
  | { readonly kind: 'all' }
  | { readonly kind: 'part'; readonly from: number; readonly till: number };

/** Reads the Range header (1-based, both ends) or offset and fetch (0-based); the header wins (B050-B054, B060, B064, B065). */
export function readRange(
  header: string | undefined,
  context: { query: URLSearchParams; warn: (behaviour: string, text: string) => void },
): RequestedRange {
  if (header !== undefined) {
    const [, first, last] = /^\s*items\s*=\s*(\d{1,15})\s*-\s*(\d{1,15})\s*$/i.exec(header) ?? [];
    const from = Math.max(1, Number(first));
    const till = Number(last);
    if (from <= till) return { kind: 'part', from: from - 1, till };
    context.warn('B064', 'the Range header could not be read as items=FROM-TILL and was ignored');
  }
  if (context.query.size === 0) return { kind: 'all' };
  const named = new Map([...context.query].map(([name, text]) => [name.toLowerCase(), text]));
  const offset = readCount('offset', { text: named.get('offset'), warn: context.warn });
  const fetch = readCount('fetch', { text: named.get('fetch'), warn: context.warn });
  if (offset === undefined && fetch === undefined) return { kind: 'all' };
  const from = offset ?? 0;
  return { kind: 'part', from, till: from + (fetch ?? silentCut) };
}

function readCount(
  name: string,
  context: { text: string | undefined; warn: (behaviour: string, text: string) => void },
): number | undefined {
  const { text } = context;
  if (text === undefined) return undefined;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value < absurd && !(name === 'fetch' && value === 0)) return value;
  context.warn('B060', `${name} is not a usable number and was ignored`);
  return undefined;
}
