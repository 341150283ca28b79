import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { createSession, type Session } from '../../test/session.ts';
import { apiFaults } from '../faults/api-faults.ts';
import { deliveryFaults } from '../faults/delivery-faults.ts';
import type { TextResult } from './control-definition.ts';
import { controlDocument } from './control-document.ts';
import { type ControlName, controls } from './controls.ts';

type Schema = Readonly<Record<string, unknown>>;
type Content = Readonly<Record<string, { readonly schema: Schema; readonly 'x-itemSchema'?: Schema }>>;

const document = controlDocument('http://127.0.0.1:4010/__mock') as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { responses: { 200: { content: Content } } }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}; // as the function builds it

const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
addFormats.default(ajv);
// A client must live with fields of a later version; these answers are of this one, and what no schema names is a mistake.
ajv.addSchema(
  JSON.parse(JSON.stringify(document), (_, value) =>
    value?.properties ? { ...value, additionalProperties: false } : value,
  ),
  'document',
);

function contentOf(name: ControlName): Content {
  const { method, path } = controls[name];
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`The document has no ${method} ${path}.`);
  return operation.responses[200].content;
}

/** What is wrong with a value, in words; empty when it fits. */
function misfits(value: unknown, schema: Schema | undefined): string {
  // References are looked up in the document.
  const text = JSON.stringify(schema ?? false).replaceAll('"#/', '"document#/');
  const validate = ajv.compile(JSON.parse(text));
  return validate(value) ? '' : ajv.errorsText(validate.errors);
}

function isText(result: unknown): result is TextResult {
  return typeof result === 'object' && result !== null && 'kind' in result && result.kind === 'text';
}

/** A result as a client gets it has to be as its schema says. */
function expectToFit(name: ControlName, result: unknown): void {
  const content = contentOf(name);
  if (isText(result)) {
    const { contentType, text } = result;
    const [media = ''] = contentType.split(';');
    expect(Object.keys(content)).toContain(media);
    const value = media === 'application/json' ? JSON.parse(text) : text;
    expect([name, misfits(value, content[media]?.schema)]).toEqual([name, '']);
    const items = content[media]?.['x-itemSchema'];
    for (const line of items ? text.trim().split('\n') : [])
      expect([name, misfits(JSON.parse(line), items)]).toEqual([name, '']);
  } else
    expect([name, misfits(JSON.parse(JSON.stringify(result)), content['application/json']?.schema)]).toEqual([
      name,
      '',
    ]);
}

/** A tenant in which much has happened: successes, failures, faults on both sides, a webhook that was silent, a call nobody knows. */
async function busy(): Promise<Session> {
  const session = await createSession({ hooks: 0 });
  const { control, hook, create, send } = session;
  await hook();
  await hook({ uri: 'http://127.0.0.1/idle', isActive: false });
  session.answer = ({ deliveryId }) =>
    deliveryId % 3 === 0
      ? { kind: 'failed', reason: 'ECONNRESET' }
      : { kind: 'answered', status: deliveryId % 2 === 0 ? 500 : 204 };
  await create();
  control.emit({ raw: 'no JSON', webhookId: 1 });
  control.addFault({ on: 'delivery', where: { assetId: 101 }, fault: 'drop', times: 1 });
  control.addFault({ on: 'delivery', fault: 'wrong-content-type', times: 2 });
  control.addFault({ on: 'delivery', fault: 'lost-answer', skip: 2, times: 1, for: '1h' });
  control.addFault({ on: 'api', where: { operationId: 'getAsset' }, fault: 'internal-error', times: 1 });
  for (let count = 0; count < 6; count++) control.emit({ eventId: 41, assetId: 101 + count });
  expect((await send('GET /ES/Assets/101')).status).toBe(500);
  expect((await send('GET /nothing/here')).status).toBe(404);
  control.snapshot({ name: 'before-storm' });
  return session;
}

/** Carries a control out, and lets time pass for as long as it waits. */
async function carriedOut({ sim, host }: Session, name: ControlName, values: object): Promise<unknown> {
  let isOver = false;
  const invoked = sim.invoke({ control: name, tenant: '', values: { ...values } });
  const end = (): void => {
    isOver = true;
  };
  invoked.then(end, end);
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    host.advance(1_000);
  }
  return (await invoked).result;
}

/** Inputs in the place of examples that name what only the tenant of a reader has. */
const inputs: { readonly [Name in ControlName]?: (session: Session) => Promise<object> } = {
  removeTenant: async ({ control }) => ({ id: (await control.fork({ serviceToken: 'another' })).tenantId }),
};

describe.each(Object.keys(controls) as ControlName[])('the control %s', (name) => {
  test('has schemas for its answer, and those of JSON have names', () => {
    const content = contentOf(name);
    expect(Object.keys(content)).not.toEqual([]);
    for (const { schema } of Object.values(content)) expect(schema).not.toEqual({});
    for (const ref of JSON.stringify(content).matchAll(/#\/components\/schemas\/(\w+)/g))
      expect(document.components.schemas).toHaveProperty([ref[1] ?? '']);
    const json = content['application/json'];
    if (json) expect(JSON.stringify(json.schema)).toMatch(/^(\{"anyOf":\[)?\{"\$ref":/);
  });

  const { examples } = controls[name];
  test.each(examples.map((example) => [example]))('answers %j as its schema says', async (example) => {
    const session = await busy();
    const input = (await inputs[name]?.(session)) ?? example;
    const result = await carriedOut(session, name, input);
    if (name === 'stream') return; // its messages are looked at below
    expectToFit(name, result);
  });
});

test('every message of the stream is as its schema says', async () => {
  const { control, create, send } = await createSession();
  const schema = contentOf('stream')['text/event-stream']?.['x-itemSchema'];
  const seen: { readonly type: string }[] = [];
  control.stream().listen((message) => seen.push(JSON.parse(JSON.stringify(message))));
  control.addFault({ on: 'delivery', fault: 'drop', skip: 1, times: 1 });
  await create();
  control.emit({ eventId: 41, assetId: 101 });
  expect((await send('GET /ES/Assets/101')).status).toBe(200);
  await control.settled();
  await control.reset();
  expect(new Set(seen.map(({ type }) => type))).toEqual(new Set(['attempt', 'delivery', 'event', 'request', 'reset']));
  for (const message of seen) expect([message.type, misfits(message, schema)]).toEqual([message.type, '']);
});

test('the journal in every form is as its schemas say', async () => {
  const session = await busy();
  const lines = session.control.journal() as { items: readonly { type: string }[] }; // json is the default
  expect(new Set(lines.items.map(({ type }) => type))).toEqual(new Set(['attempt', 'event', 'request']));
  for (const format of ['json', 'ndjson', 'har'])
    expectToFit('journal', await carriedOut(session, 'journal', { format }));
});

test('reasons why nothing came are as their schema says', async () => {
  const session = await busy();
  const never = await carriedOut(session, 'wait', { eventId: 44, within: 10 });
  expect(never).toMatchObject({ ok: false, nearMiss: { closest: expect.any(Array) } });
  expectToFit('wait', never);
  expectToFit('verify', await carriedOut(session, 'verify', { eventId: 44, exactly: 2, within: 10 }));
});

test('a rule with any fault is as its schema says', async () => {
  const session = await busy();
  for (const [on, kinds] of Object.entries({ api: apiFaults, delivery: deliveryFaults }))
    for (const fault of Object.keys(kinds))
      expectToFit('addFault', await carriedOut(session, 'addFault', { on, fault }));
  expectToFit('faults', session.control.faults());
});

test('a run that goes on, has ended or was stopped is as its schema says', async () => {
  const session = await busy();
  for (const name of ['scenarioState', 'scenario', 'scenarioState', 'stopScenario', 'scenarioState'] as const)
    expectToFit(name, await carriedOut(session, name, name === 'scenario' ? { name: 'steady-day' } : {}));
});

test('a field that no type has, or one that is missing, is found', async () => {
  const { control } = await busy();
  const { items, ...page } = control.deliveries();
  const [{ url: _, ...first } = { url: '' }, ...others] = items;
  const schema = contentOf('deliveries')['application/json']?.schema;
  expect(misfits({ ...page, items }, schema)).toBe('');
  expect(misfits({ ...page, items, more: 1 }, schema)).toMatch(/must NOT have additional properties/);
  expect(misfits({ ...page, items: [first, ...others] }, schema)).toMatch(/items\/0 must have required property 'url'/);
  expect(misfits({ ...page, items: [{ ...others[0], more: 1 }] }, schema)).toMatch(/items\/0 must NOT have additional/);
  expect(misfits({ ...page, items, total: 1.5 }, schema)).toMatch(/total must be integer/);
});

test('the document is valid OpenAPI 3.1', () => {
  const cli = createRequire(import.meta.url)
    .resolve('@redocly/cli/package.json')
    .replace('package.json', 'bin/cli.js');
  const folder = mkdtempSync(join(tmpdir(), 'hubex-control-'));
  const file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  try {
    execFileSync(process.execPath, [cli, 'lint', file, '--extends', 'recommended'], {
      cwd: folder,
      env,
      stdio: 'pipe',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
