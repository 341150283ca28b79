import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './laws/packages.ts';

/** What is read of the report that `jest --json` prints. */
interface JestReport {
  readonly testResults: readonly {
    /** Why the file did not load. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const folder = join(root, 'apps/example-tests-jest');
const jest = createRequire(join(folder, 'package.json')).resolve('jest/bin/jest');

/** Runs the example under jest, on the builds of the packages. It exits with 1 when a test fails, which the report says better. */
function report(config: string, flags: readonly string[] = []): Promise<JestReport> {
  const command = [...flags, jest, '--ci', '--json', '--config', config];
  return new Promise((done, fail) => {
    execFile(process.execPath, command, { cwd: folder }, (error, stdout, stderr) => {
      if (stdout.startsWith('{')) done(JSON.parse(stdout));
      else fail(new Error(`jest gave no report: ${stderr}`, { cause: error }));
    });
  });
}

// Each test of jest is one here, under its own name, so that it is counted in the line this run ends with.
describe.each([
  ['CommonJS', await report('jest.config.js')],
  ['ES modules', await report('jest.esm.config.js', ['--experimental-vm-modules'])],
])('under jest, %s', (_, { testResults }) => {
  test('every file of tests loads, and none is empty', () => {
    const empty = testResults.filter(({ assertionResults }) => assertionResults.length === 0);
    expect(testResults.length).toBeGreaterThan(0);
    expect(empty.map(({ message }) => message)).toEqual([]);
  });

  for (const { fullName, status, failureMessages } of testResults.flatMap((each) => each.assertionResults)) {
    test(fullName, () => {
      expect(failureMessages).toEqual([]);
      expect(status).toBe('passed');
    });
  }
});
