import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DCLinter } from 'dclint';
import { validate } from 'dockerfile-utils';
import { afterAll, beforeAll, expect, test } from 'vitest';

// Nothing is built here, since that takes a container engine: the files are held against the rules of their formats.
const container = join(import.meta.dirname, '../container');
const compose = join(container, 'compose.yaml');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hubex-container-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What dclint finds, schema of the Compose specification included, as `rule line`. */
function problems(path: string): readonly string[] {
  const linter = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] });
  return linter.lintFiles([path], false).flatMap(({ messages }) => messages.map(({ rule, line }) => `${rule} ${line}`));
}

test('the Dockerfile has no fault that a linter finds', () => {
  expect(validate(readFileSync(join(container, 'Dockerfile'), 'utf8'))).toEqual([]);
  expect(validate('FROM node\nEXPOSE http\nCMD serve').length).toBeGreaterThan(0);
});

test('the compose file fits the Compose specification and has no fault that a linter finds', () => {
  expect(problems(compose)).toEqual([]);
  const broken = join(folder, 'compose.yaml');
  writeFileSync(broken, readFileSync(compose, 'utf8').replace('    ports:', '    portz:'));
  expect(problems(broken)).toEqual([expect.stringContaining('invalid-schema')]);
});

test('the image starts what the package says is its command', () => {
  const { bin } = JSON.parse(readFileSync(join(import.meta.dirname, '../../mock-server/package.json'), 'utf8'));
  const dockerfile = readFileSync(join(container, 'Dockerfile'), 'utf8');
  expect(dockerfile).toContain(`ENTRYPOINT ["node", "${bin['hubex-mock'].replace(/^\.\//, '')}"]`);
});
