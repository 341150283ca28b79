import { element } from './element.ts';
import { ask, chooseTenant } from './plane.ts';
import { word } from './words.ts';

interface MetricsShown {
  readonly requests: Readonly<Record<string, number>>;
  readonly events: Readonly<Record<string, number>>;
  readonly deliveries: Readonly<Record<string, number>>;
  readonly pending: number;
}

/** Title, choice of the tenant, counts, and whether the stream is alive. */
export class Head {
  readonly element: HTMLElement;
  readonly #counts = element('dl', { class: 'counts' });
  readonly #state = element('span', { class: 'state', role: 'status' });
  readonly #tenants: HTMLSelectElement;

  constructor(onTenant: () => void) {
    this.#tenants = element('select', {
      'aria-label': word('tenant'),
      onchange: () => {
        chooseTenant(this.#tenants.value);
        onTenant();
      },
    });
    this.element = element('div', {}, element('h1', {}, 'HubEx mock'), this.#tenants, this.#counts, this.#state);
  }

  show(isConnected: boolean): void {
    this.#state.textContent = word(isConnected ? 'connected' : 'connection lost, trying again');
    this.#state.classList.toggle('lost', !isConnected);
  }

  /** Reads counts and tenants anew. */
  async refresh(): Promise<void> {
    const [metrics, tenants] = await Promise.all([ask('/metrics'), ask('/tenants')]);
    if (!metrics.ok || !tenants.ok) return;
    const { requests, events, deliveries, pending }: MetricsShown = await metrics.json();
    const { delivered = 0, failed = 0 } = deliveries;
    const counts = { requests: sum(requests), events: sum(events), delivered, failed, pending };
    const shown = Object.entries(counts).map(([name, value]) =>
      element('div', { class: name }, element('dt', {}, word(name)), element('dd', {}, String(value))),
    );
    this.#counts.replaceChildren(...shown);
    const { items }: { items: readonly { readonly id: number; readonly serviceToken: string }[] } =
      await tenants.json();
    if (items.length === this.#tenants.options.length) return;
    const { value } = this.#tenants;
    const options = items.map(({ id, serviceToken }) =>
      element('option', { value: String(id) }, `${id} · ${serviceToken.slice(0, 24)}`),
    );
    this.#tenants.replaceChildren(...options);
    if (value) this.#tenants.value = value;
  }
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
