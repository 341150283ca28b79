import { redactUri } from '../outbox/address.ts';

/** Characters of a body that are kept. */
const longest = 4_096;

/** Services whose bodies hold no credentials; the addresses in those of MSG are redacted. */
const open: ReadonlySet<string> = new Set(['ES', 'MSG', 'COMMON']);

/** The body of a request as the journal may keep it; null for one that is not kept. */
export function keptBody(bytes: Uint8Array | undefined, service: string | undefined): string | null {
  if (!bytes || bytes.byteLength === 0 || bytes.byteLength > longest || !open.has(service ?? '')) return null;
  const text = new TextDecoder().decode(bytes);
  if (service !== 'MSG') return text;
  return text.replaceAll(
    /("uri"\s*:\s*)"((?:[^"\\]|\\.)*)"/gi,
    (_, name: string, uri: string) => `${name}"${redactUri(uri)}"`,
  );
}
