import type { Document } from '../document.ts';
import { banner } from '../root.ts';

interface EventNode {
  readonly id: number;
  readonly name: string;
  readonly code: string;
  readonly title: string;
  readonly titleRu: string;
}

/** The event catalogue, from the webhooks of the spec that carry x-hubex-event. */
export function generateEvents(document: Document): string {
  const events = Object.entries(document.webhooks).flatMap(([webhook, { post }]) => {
    const event = post['x-hubex-event'] as EventNode | undefined; // the extension's shape is ours
    return event ? [{ ...event, webhook, payload: `${event.code}Delivery` }] : [];
  });
  const rows = events.map(({ payload: _, ...event }) => `  ${JSON.stringify(event)},`).join('\n');
  const payloads = events.map(({ id, payload }) => `  readonly ${id}: ${payload};`).join('\n');
  const imports = events
    .map(({ payload }) => payload)
    .sort()
    .join(', ');
  return `${banner('hubex.yaml')}import type { ${imports} } from './aliases.ts';

/** The asset events in the order of their ids. Codes are assumed (B092): do not depend on them. */
export const assetEvents = [
${rows}
] as const;

/** What each asset event delivers. */
export interface PayloadById {
${payloads}
}
`;
}
