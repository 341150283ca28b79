import type { Refusal } from '../../domain/refusal.ts';

const field = 'X-Concurrency-Stamp';
const guid = /^\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i;

/** The stamp of a creation: none, a GUID in lower case, or the reason why it is refused (B168). */
export function readStamp(
  header: string | undefined,
):
  | { readonly kind: 'none' }
  | { readonly kind: 'stamp'; readonly value: string }
  | { readonly kind: 'bad'; readonly refusal: Refusal } {
  if (header === undefined) return { kind: 'none' };
  if (header.trim() === '') return bad('a GUID, it was empty');
  if (header.length > 255) return bad('at most 255 characters');
  if (!guid.test(header)) return bad('a GUID such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301');
  return { kind: 'stamp', value: header.toLowerCase() };
}

function bad(problem: string): { readonly kind: 'bad'; readonly refusal: Refusal } {
  return { kind: 'bad', refusal: { kind: 'malformed', field, problem } };
}
