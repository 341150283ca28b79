/** Something that happened, as /__mock/stream tells it. */
export type ActivityShown =
  | { readonly type: 'request'; readonly request: RequestShown }
  | { readonly type: 'event'; readonly event: EventShown }
  | { readonly type: 'attempt'; readonly deliveryId: number }
  | { readonly type: 'delivery'; readonly delivery: DeliveryShown }
  | { readonly type: 'reset' };

interface RequestShown {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly deliveries: number;
}

interface EventShown {
  readonly at: number;
  readonly eventId: number;
  readonly assetId: number;
  readonly cause: string;
}

interface DeliveryShown {
  readonly id: number;
  readonly webhookId: number;
  readonly eventId: number | null;
  readonly assetId: number | null;
  readonly state: string;
  readonly reason?: string;
  readonly attempts: readonly { readonly completed: string; readonly status?: number }[];
}

/** One line of the feed. */
export interface Line {
  readonly time: string;
  readonly kind: string;
  readonly tone: 'plain' | 'good' | 'bad';
  readonly text: string;
  readonly note: string;
}

const eventNames: Readonly<Record<number, string>> = {
  40: 'created',
  41: 'changed',
  42: 'deleted',
  43: 'published',
  44: 'unpublished',
};

/** What a line says. Attempts are shown with the delivery they belong to when that is over. */
export function lineOf(activity: ActivityShown): Line | undefined {
  switch (activity.type) {
    case 'request': {
      const { at, method, path, query, status, deliveries } = activity.request;
      const note = deliveries > 0 ? `${status} → ${deliveries}` : `${status}`;
      const text = `${method} ${path}${query && `?${query}`}`;
      return { time: timeOf(at), kind: 'request', tone: status < 400 ? 'plain' : 'bad', text, note };
    }
    case 'event': {
      const { at, eventId, assetId, cause } = activity.event;
      return { time: timeOf(at), kind: 'event', tone: 'plain', text: said(eventId, assetId), note: cause };
    }
    case 'delivery': {
      const { id, webhookId, eventId, assetId, state, reason, attempts } = activity.delivery;
      const last = attempts.at(-1);
      const tone = state === 'delivered' ? 'good' : 'bad';
      const text = `#${id} → webhook ${webhookId}: ${eventId === null ? 'raw body' : said(eventId, assetId)}`;
      const note =
        reason ?? [last?.status, attempts.length > 1 && `${attempts.length} attempts`].filter(Boolean).join(', ');
      return { time: timeOf(last ? Date.parse(last.completed) : Date.now()), kind: state, tone, text, note };
    }
    case 'reset':
      return { time: timeOf(Date.now()), kind: 'reset', tone: 'plain', text: 'back to the beginning', note: '' };
    case 'attempt':
      return undefined;
    default:
      return activity satisfies never;
  }
}

function said(eventId: number, assetId: number | null): string {
  const name = eventNames[eventId];
  return `${eventId}${name ? ` ${name}` : ''}, asset ${assetId ?? 'none'}`;
}

/** By the clock of the tenant, which may be virtual. */
function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString('ru-RU');
}
