import { ControlError, type DeliveryFilter, type DeliveryState, type Emission } from '@hubex-kit/simulator';

const states: readonly DeliveryState[] = ['pending', 'delivered', 'failed', 'dropped'];

/** A whole number of the query, or undefined when it is not given. */
export function readCount(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new ControlError(name, `${name} must be a whole number; it was ${JSON.stringify(text)}.`);
}

/** Refuses parameters that are misspelt or given twice: a filter that is ignored finds too much. */
export function refuseUnknown(query: URLSearchParams, known: readonly string[]): void {
  const names = [...query.keys()];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const way = known.length === 0 ? 'it takes none' : `known: ${known.join(', ')}`;
    throw new ControlError(unknown, `There is no parameter ${unknown} here; ${way}.`);
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new ControlError(twice, `${twice} is given twice; give it once.`);
}

/** The filter of a query. */
export function readFilter(query: URLSearchParams): DeliveryFilter {
  const [eventId, assetId, webhookId] = ['eventId', 'assetId', 'webhookId'].map((name) => readCount(query, name));
  const text = query.get('state');
  const state = states.find((known) => known === text);
  if (text !== null && !state)
    throw new ControlError('state', `state must be one of ${states.join(', ')}; it was ${JSON.stringify(text)}.`);
  return {
    ...(eventId !== undefined && { eventId }),
    ...(assetId !== undefined && { assetId }),
    ...(webhookId !== undefined && { webhookId }),
    ...(state && { state }),
  };
}

/** The JSON body of an emit. */
export function readEmission(bytes: Uint8Array | undefined): Emission {
  const way = 'Send {"eventId":40,"assetId":101} or {"raw":"any text","webhookId":1}.';
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new ControlError('body', `The body is not JSON. ${way}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ControlError('body', `The body must be an object. ${way}`);
  const allowed = 'raw' in value ? ['raw', 'webhookId'] : ['eventId', 'assetId'];
  const unknown = Object.keys(value).find((name) => !allowed.includes(name));
  if (unknown) throw new ControlError(unknown, `An emission has no ${unknown} beside ${allowed.join(' and ')}. ${way}`);
  const missing = 'raw' in value ? undefined : allowed.find((name) => !(name in value));
  if (missing) throw new ControlError(missing, `${missing} is missing. ${way}`);
  return value as Emission; // its members are there; the simulator checks their values
}
