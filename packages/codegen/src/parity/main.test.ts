import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from './main.ts';

let folder = '';
let written = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hubex-parity-'));
  written = '';
  const write = (text: string | Uint8Array): boolean => {
    written += text;
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(write);
  vi.spyOn(process.stderr, 'write').mockImplementation(write);
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const document = {
  servers: [{ url: 'https://api.example/fsm/MSG' }],
  paths: { '/Webhooks': { patch: { responses: {} } }, '/Unheard': {} },
};

test('answers 1 and prints what is unexplained', () => {
  writeFileSync(join(folder, 'MSG.json'), JSON.stringify(document));
  writeFileSync(join(folder, 'package.json'), '{}');
  expect(main([folder])).toBe(1);
  expect(written).toMatch(/^MSG +2 +1 +0 +0 +0 +0 +0 +2 +0 +2$/m);
  expect(written).toContain('  PATCH /MSG/Webhooks: missing\n  /MSG/Unheard: missing\n');
  expect(written).toContain('Skipped, no OpenAPI documents: package.json');
});

test('says the same to programs', () => {
  writeFileSync(join(folder, 'MSG.json'), JSON.stringify(document));
  expect(main([folder, '--json'])).toBe(1);
  expect(JSON.parse(written)).toMatchObject({
    documents: ['MSG.json'],
    unexplained: [{ kind: 'operation' }, { kind: 'path' }],
  });
});

test('answers 0 to --help and shows examples', () => {
  expect(main(['--help'])).toBe(0);
  expect(written).toMatch(/Examples:\n {2}npm run parity -- /);
});

test.each<[string, (here: string) => readonly string[], string]>([
  ['no folder', () => [], 'parity needs a folder of OpenAPI documents'],
  ['a folder that is not there', (here) => [join(here, 'gone')], 'parity found no folder'],
  ['two folders', (here) => [here, here], 'parity takes one folder'],
  ['an unknown flag', (here) => [here, '--jsn'], 'parity does not know --jsn'],
  ['a folder without documents', (here) => [here], 'holds no OpenAPI documents'],
])('answers 2 and one line to %s', (_, args, message) => {
  expect(main(args(folder))).toBe(2);
  expect(written).toContain(message);
  expect(written.trimEnd().split('\n')).toHaveLength(1);
});

test.each<[string, string, string]>([
  ['is no JSON', '{', 'broken.json cannot be read'],
  ['does not say its service', '{"paths":{}}', 'broken.json: servers[0].url is ""'],
  [
    'has a reference that leads nowhere',
    JSON.stringify({
      ...document,
      paths: { '/Webhooks': { get: { responses: {}, parameters: [{ $ref: '#/components/parameters/Gone' }] } } },
    }),
    'broken.json: the reference #/components/parameters/Gone leads nowhere',
  ],
])('answers 2 and names the file that %s', (_, text, message) => {
  writeFileSync(join(folder, 'broken.json'), text);
  expect(main([folder])).toBe(2);
  expect(written).toContain(message);
});
