import type { Document } from '../document.ts';
import { banner } from '../root.ts';

/** What a receiver needs to name an event, in as few bytes as possible. Refuses a spec it could not say so briefly: ids with gaps. */
export function generateDeliveries(document: Document): string {
  const events = Object.values(document.webhooks)
    .flatMap(({ post }) => (post['x-hubex-event'] as { id: number; name: string } | undefined) ?? []) // the extension's shape is ours
    .sort((a, b) => a.id - b.id);
  const first = events[0]?.id ?? 0;
  if (events.some(({ id }, index) => id !== first + index)) throw new Error('The ids of the asset events have gaps.');
  return `${banner('hubex.yaml')}
/** EventID of the first asset event; the others follow without a gap. */
export const firstEventId = ${first};

/** Names of the asset events from \`firstEventId\` on. */
export const eventNames = ${JSON.stringify(events.map(({ name }) => name))} as const;
`;
}
