import { namedScenarios, type RunState } from '@hubex-kit/simulator';
import { readScenarioFile } from '../scenario/read-scenario-file.ts';
import { ScenarioFileError } from '../scenario/scenario-file-error.ts';
import { ControlCallError, callControl } from './control-call.ts';
import type { ScenarioFlags } from './scenario-command.ts';

/** Milliseconds of one long poll. */
const poll = 30_000;

type State = RunState | { readonly state: 'none' };

/** Lists, checks, runs or stops scenarios; returns the exit code: 0 done, 1 the mock refused, 2 wrong use, 3 stopped before its end. */
export async function scenario(name: string | undefined, flags: ScenarioFlags): Promise<number> {
  try {
    return await act(name, flags);
  } catch (error) {
    if (!(error instanceof ScenarioFileError) && !(error instanceof ControlCallError)) throw error;
    process.stderr.write(`hubex-mock: ${error.message}\n`);
    return error instanceof ScenarioFileError ? 2 : 1;
  }
}

async function act(name: string | undefined, flags: ScenarioFlags): Promise<number> {
  const wrong = wrongUse(name, flags);
  if (wrong !== undefined) {
    process.stderr.write(`hubex-mock: ${wrong}\n`);
    return 2;
  }
  if (flags.stop) return show(await callControl(flags, { method: 'POST', path: '/scenario/stop' }), flags);
  const own = flags.file === undefined ? undefined : await readScenarioFile(flags.file);
  if (flags.check) {
    process.stdout.write(`${flags.file}: ${own?.name ?? ''} can be run.\n`);
    return 0;
  }
  if (name === undefined && own === undefined) return list(flags);
  const { seed, speed } = flags;
  const body = {
    ...(own ? { scenario: own } : { name }),
    ...(seed !== undefined && { seed: Number(seed) }),
    ...(speed !== undefined && { speed: Number(speed) }),
  };
  const started = await callControl(flags, { method: 'POST', path: '/scenario', body });
  return show(flags.wait ? await end(flags) : started, flags);
}

function wrongUse(
  name: string | undefined,
  { file, check, stop, wait, seed, speed }: ScenarioFlags,
): string | undefined {
  if (name !== undefined && file !== undefined) return 'Give a name or --file, not both.';
  if (check && file === undefined) return '--check checks a file: give --file.';
  if (stop && (name !== undefined || file !== undefined || wait))
    return '--stop stops what runs; it takes no scenario.';
  const odd = Object.entries({ seed, speed }).find(([, text]) => text !== undefined && !/^-?\d+(\.\d+)?$/.test(text));
  return odd && `--${odd[0]} takes a number; it was ${JSON.stringify(odd[1])}.`;
}

/** Polls until it is over: proxies and time limits end a single long wait. */
async function end(flags: ScenarioFlags): Promise<unknown> {
  for (;;) {
    const state = await callControl(flags, { method: 'GET', path: `/scenario?within=${poll}` });
    if (!isState(state) || state.state !== 'running') return state;
  }
}

function isState(value: unknown): value is State {
  return typeof value === 'object' && value !== null && 'state' in value;
}

function list({ json }: ScenarioFlags): number {
  const items = namedScenarios.map(({ name, models = '' }) => ({ name, models }));
  const text = items.map(({ name, models }) => `  ${name}\n    ${models}`).join('\n');
  process.stdout.write(json ? `${JSON.stringify({ items })}\n` : `${text}\n`);
  return 0;
}

function show(state: unknown, { json, wait }: ScenarioFlags): number {
  process.stdout.write(json || !isState(state) ? `${JSON.stringify(state)}\n` : `  ${describe(state)}\n`);
  return wait && isState(state) && state.state !== 'finished' ? 3 : 0;
}

function describe(state: State): string {
  if (state.state === 'none') return 'No scenario was run.';
  const { scenario: name, events, fingerprint, ends } = state;
  const counts = Object.entries(events).map(([eventId, count]) => `${eventId} × ${count}`);
  const caused = counts.length === 0 ? 'no events yet' : `events ${counts.join(', ')}, fingerprint ${fingerprint}`;
  return state.state === 'running'
    ? `${name} runs until ${ends}: ${caused}.`
    : `${name} ${state.state} at ${ends}: ${caused}.`;
}
