import { namedScenarios, type RunState } from '@hubex-kit/simulator';
import { ControlRequestError } from '../control-client/control-request-error.ts';
import { type ControlClient, createControlClient } from '../control-client/create-control-client.ts';
import { readScenarioFile } from '../scenario/read-scenario-file.ts';
import { ScenarioFileError } from '../scenario/scenario-file-error.ts';
import type { ScenarioFlags } from './scenario-command.ts';

/** Milliseconds of one long poll. */
const poll = 30_000;

type State = RunState | { readonly state: 'none' };

/** Lists, checks or runs scenarios; returns the exit code: 0 done, 1 the mock refused, 2 wrong use, 3 stopped before its end. */
export async function scenario(name: string | undefined, flags: ScenarioFlags): Promise<number> {
  try {
    return await act(name, flags);
  } catch (error) {
    if (!(error instanceof ScenarioFileError) && !(error instanceof ControlRequestError)) throw error;
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
  const { server, tenant, controlToken } = flags;
  const mock = createControlClient({
    url: server,
    ...(tenant !== undefined && { tenant }),
    ...(controlToken !== undefined && { controlToken }),
  });
  const started = await mock.scenario(body);
  return show(flags.wait ? await end(mock) : started, flags);
}

function wrongUse(name: string | undefined, { file, check, seed, speed }: ScenarioFlags): string | undefined {
  if (name !== undefined && file !== undefined) return 'Give a name or --file, not both.';
  if (check && file === undefined) return '--check checks a file: give --file.';
  const odd = Object.entries({ seed, speed }).find(([, text]) => text !== undefined && !/^-?\d+(\.\d+)?$/.test(text));
  return odd && `--${odd[0]} takes a number; it was ${JSON.stringify(odd[1])}.`;
}

/** Polls until it is over: proxies and time limits end a single long wait. */
async function end(mock: ControlClient): Promise<State> {
  for (;;) {
    const state = await mock.scenarioState({ within: poll });
    if (state.state !== 'running') return state;
  }
}

function list({ json }: ScenarioFlags): number {
  const items = namedScenarios.map(({ name, models = '' }) => ({ name, models }));
  const text = items.map(({ name, models }) => `  ${name}\n    ${models}`).join('\n');
  process.stdout.write(json ? `${JSON.stringify({ items })}\n` : `${text}\n`);
  return 0;
}

function show(state: State, { json, wait }: ScenarioFlags): number {
  process.stdout.write(json ? `${JSON.stringify(state)}\n` : `  ${describe(state)}\n`);
  return wait && state.state !== 'finished' ? 3 : 0;
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
