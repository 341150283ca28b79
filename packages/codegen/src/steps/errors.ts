import type { Document } from '../document.ts';
import { banner } from '../root.ts';

/** The catalogue of error codes. */
export function generateErrors(document: Document): string {
  const rows = Object.entries(document['x-hubex-error-codes'])
    .map(([code, entry]) => `  ${code}: ${JSON.stringify(entry)},`)
    .join('\n');
  return `${banner('hubex.yaml')}
/** Error codes of the API: with which status they come, what they mean, how we know. */
export const vendorErrorCodes = {
${rows}
} as const;
`;
}
