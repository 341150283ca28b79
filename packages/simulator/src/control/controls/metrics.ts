import type { Counts } from '../../world/activity.ts';
import type { TenantWorld } from '../../world/tenant-world.ts';
import type { ControlDefinition, TextResult } from '../control-definition.ts';

/** Counts of a tenant. */
export interface Metrics extends Counts {
  readonly tenantId: number;
  readonly pending: number;
  readonly assets: number;
  /** Records that left the bounded journals. */
  readonly dropped: { readonly requests: number; readonly events: number; readonly deliveries: number };
}

/** How to show them. */
export const metricsFields = {
  format: {
    kind: 'enum',
    values: ['json', 'prometheus'],
    default: 'json',
    doc: 'prometheus: the text that Prometheus reads, of all tenants',
  },
} as const;

/** The counts of all tenants as Prometheus reads them. */
export type PrometheusText = TextResult<'text/plain; version=0.0.4; charset=utf-8'>;

/** Shows counts. */
export const metrics: ControlDefinition<typeof metricsFields, Metrics | PrometheusText> = {
  method: 'GET',
  path: '/metrics',
  summary: 'Count requests, events, deliveries and attempts since the tenant began.',
  returns: 'counts; with format=prometheus a text',
  input: metricsFields,
  examples: [{}, { format: 'prometheus' }],
  run(world, { format }) {
    if (format === 'json') return metricsOf(world);
    return {
      kind: 'text',
      contentType: 'text/plain; version=0.0.4; charset=utf-8',
      text: prometheus(world.hub.worlds),
    };
  },
};

function metricsOf(world: TenantWorld): Metrics {
  const { id, activity, pending, tenant, requests, outbox } = world;
  const dropped = { requests: requests.dropped, events: outbox.events.dropped, deliveries: outbox.journal.dropped };
  return { tenantId: id, ...activity.counts, pending, assets: tenant.assets.size, dropped };
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

function prometheus(worlds: readonly TenantWorld[]): string {
  const all = worlds.map(metricsOf);
  const family = (
    name: string,
    { type, help, samples }: { type: string; help: string; samples: readonly Sample[] },
  ) => {
    const lines = samples.map(([labels, value]) => {
      const text = Object.entries(labels).map(([label, each]) => `${label}="${each}"`);
      return `hubex_mock_${name}{${text.join(',')}} ${value}`;
    });
    return [`# HELP hubex_mock_${name} ${help}`, `# TYPE hubex_mock_${name} ${type}`, ...lines].join('\n');
  };
  const each = (read: (metrics: Metrics) => readonly Sample[]): readonly Sample[] =>
    all.flatMap((metrics) =>
      read(metrics).map(([labels, value]): Sample => [{ tenant: String(metrics.tenantId), ...labels }, value]),
    );
  const by = (label: string, counts: Readonly<Record<string, number>>): readonly Sample[] =>
    Object.entries(counts).map(([name, value]) => [{ [label]: name }, value]);
  const families = [
    family('requests_total', {
      type: 'counter',
      help: 'API requests by operation and status.',
      samples: each(({ requests }) =>
        Object.entries(requests).map(([key, value]) => {
          const [operation = '', status = ''] = key.split(' ');
          return [{ operation, status }, value];
        }),
      ),
    }),
    family('events_total', {
      type: 'counter',
      help: 'Events caused.',
      samples: each(({ events }) => by('event', events)),
    }),
    family('deliveries_total', {
      type: 'counter',
      help: 'Deliveries queued, and how they ended.',
      samples: each(({ deliveries }) => by('state', deliveries)),
    }),
    family('attempts_total', {
      type: 'counter',
      help: 'Calls of webhooks.',
      samples: each(({ attempts }) => by('result', attempts)),
    }),
    family('pending', {
      type: 'gauge',
      help: 'Deliveries waiting or under way.',
      samples: each(({ pending }) => [[{}, pending]]),
    }),
  ];
  return `${families.join('\n')}\n`;
}
