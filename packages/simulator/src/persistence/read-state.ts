import { checkScenario } from '../traffic/check-scenario.ts';
import { type SavedState, stateFormat, stateVersion } from './saved-state.ts';
import { StateError } from './state-error.ts';

/** A type, the keys of an object, or what each item of a list has to be. */
type Shape = 'number' | 'string' | 'boolean' | 'object' | readonly [Shape] | { readonly [key: string]: Shape };

const named: Shape = [{ id: 'number' }];
const webhook = { id: 'number', name: 'string', uri: 'string', isActive: 'boolean', events: ['number'] } as const;
const asset = { id: 'number', name: 'string', companyId: 'number', typeId: 'number', districts: ['number'] } as const;
const item = {
  record: { id: 'number', body: 'string', attempts: ['object'] },
  attempt: 'number',
  phase: 'string',
} as const;

const tenant: Shape = {
  id: 'number',
  serviceToken: 'string',
  beginning: { seed: 'number', assets: 'number', switches: 'object' },
  clock: { mode: 'string', value: 'number' },
  randomness: ['number'],
  switches: 'object',
  faults: { nextId: 'number', rules: ['object'] },
  content: {
    name: 'string',
    fullName: 'string',
    uriName: 'string',
    members: [{ id: 'number', permissions: ['string'], districts: ['number'], applications: ['number'] }],
    reference: {
      ...{ companies: named, types: named, classes: named, locations: named, people: named, scheduleRules: named },
      ...{ districts: named, skills: named, workTypes: named, checkLists: named, taskStages: named },
    },
    tokens: { jwts: ['object'], services: ['object'] },
    nextAssetId: 'number',
    assets: [asset],
    webhooks: [webhook],
    variables: ['object'],
    stamps: ['object'],
  },
  outbox: { nextId: 'number', finished: 'number', lanes: [{ webhook, isOwn: 'boolean', items: [item] }] },
  scenarios: [
    {
      ...{ scenario: { name: 'string', phases: ['object'] }, seed: 'number', speed: 'number', start: 'number' },
      ...{ elapsed: 'number', taken: 'number', randomness: ['number'], herd: { ranked: ['number'], aged: ['number'] } },
      ...{ tally: { actions: 'object', events: 'object', transcript: ['number'] }, rules: ['object'] },
    },
  ],
  jobs: [{ due: 'number', cause: { cause: 'string', requestId: 'number' }, work: { kind: 'string' } }],
};

/**
 * Refuses what is no saved state of this version, naming the place that is wrong.
 * @throws StateError
 */
export function readState(given: unknown): SavedState {
  const { format, version } = isObject(given) ? given : {};
  if (format !== stateFormat)
    throw new StateError(`It is no state of the mock: format must be ${stateFormat}. Name another file or remove it.`);
  if (version !== stateVersion) {
    const found = typeof version === 'number' ? String(version) : `a ${typeof version}`;
    throw new StateError(
      `Its version is ${found}; this mock understands ${stateVersion}. Use the mock that wrote it, or remove it.`,
    );
  }
  const wrong = mismatch(given, { shape: { tenants: [tenant] }, at: '' });
  if (wrong !== undefined)
    throw new StateError(`It is damaged: ${wrong}. Put a copy of it back, or remove it to begin anew.`);
  const state = given as unknown as SavedState; // checked above
  for (const [index, { scenarios }] of state.tenants.entries()) {
    for (const { scenario } of scenarios) {
      const checked = checkScenario(scenario);
      if (checked.ok) continue;
      const at = `tenants[${index}].scenarios[0].scenario.${checked.problems[0]?.field ?? ''}`;
      throw new StateError(`It is damaged: ${at} cannot be used. Put a copy of it back, or remove it to begin anew.`);
    }
  }
  return state;
}

/** What does not fit, in words; undefined when everything does. */
function mismatch(value: unknown, { shape, at }: { shape: Shape; at: string }): string | undefined {
  if (typeof shape === 'string')
    return typeof value === shape && value !== null ? undefined : `${at} must be a ${shape}`;
  if (isList(shape)) {
    if (!Array.isArray(value)) return `${at} must be a list`;
    for (const [index, each] of value.entries()) {
      const wrong = mismatch(each, { shape: shape[0], at: `${at}[${index}]` });
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }
  if (!isObject(value)) return `${at || 'the whole'} must be an object`;
  for (const [key, inner] of Object.entries(shape)) {
    const wrong = mismatch(value[key], { shape: inner, at: at === '' ? key : `${at}.${key}` });
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function isList(shape: Exclude<Shape, string>): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
