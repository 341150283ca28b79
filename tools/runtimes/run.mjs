// node tools/runtimes/run.mjs [--json]: the conformance corpus and one call of the client on every runtime. See README.md.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, expectedCount } from './bundle.mjs';
import { runtimes } from './runtimes.mjs';

const limitMs = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'hubex-runtimes-'));
let running;

// However this ends, by an error, a closed pipe or a signal: no runtime is left running, and no folder behind.
process.on('exit', () => {
  running?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

/** Runs a program to its end or to the limit; never rejects. */
function run(program, args) {
  return new Promise((resolve) => {
    // Runtimes that keep a cache or look for updates get a home of their own and find nothing to report to.
    const home = { HOME: folder, DENO_DIR: join(folder, 'deno'), DENO_NO_UPDATE_CHECK: '1', DO_NOT_TRACK: '1' };
    const child = spawn(program, args, {
      cwd: folder,
      env: { NO_COLOR: '1', ...home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running = child;
    let [out, err, late] = ['', '', false];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      err += text;
    });
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, limitMs);
    const finish = (why) => {
      clearTimeout(timer);
      running = undefined;
      resolve({ out, err, why: late ? `it took more than ${limitMs} ms` : why });
    };
    child.on('error', (cause) => finish(cause.message));
    child.on('close', (code, signal) => finish(code === 0 ? undefined : `it ended with ${signal ?? code}`));
  });
}

/** The report among the lines a runtime wrote. */
function readReport(out) {
  for (const line of out.split('\n')) {
    if (!line.startsWith('{"runtime":')) continue;
    try {
      return JSON.parse(line);
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/** What became of one runtime. */
async function measure({ name, says, program, args, lacks = [] }, expected) {
  const failed = (why, report) => {
    const { passed = 0, failures = [], runtime } = report ?? {};
    return {
      name,
      runtime,
      passed,
      failed: Math.max(1, expected - passed),
      failures: [...failures, why].filter(Boolean),
    };
  };
  if (!existsSync(program)) return failed(`${program} is missing: npm ci --prefix tools/runtimes`);
  const started = performance.now();
  const { out, err, why } = await run(program, args(folder));
  const milliseconds = Math.round(performance.now() - started);
  const report = readReport(out);
  if (!report || why) return failed(`${why ?? 'it wrote no report'}. ${err.trim().slice(0, 2000)}`, report);
  if (!report.runtime.startsWith(says))
    return failed(`it says it is ${report.runtime} and not ${says}`, { runtime: report.runtime });
  // Where something is lacking some cases expect another answer; that must not hide that a runtime has lost what it had.
  if (String(report.lacks) !== String(lacks))
    return failed(`it lacks [${report.lacks}] and was known to lack [${lacks}]`, report);
  if (report.failures.length > 0) return { ...failed('', report), milliseconds };
  if (report.passed !== expected) return failed(`${expected} cases were expected`, report);
  return { name, runtime: report.runtime, passed: report.passed, failed: 0, failures: [], lacks, milliseconds };
}

try {
  await bundle(folder);
  const expected = await expectedCount();
  const isJson = process.argv.includes('--json');
  const results = [];
  // One after the other: two cores, and times that can be compared.
  for (const runtime of runtimes) {
    const result = await measure(runtime, expected);
    results.push(result);
    if (!isJson) process.stdout.write(`${result.name} ${result.passed} passed, ${result.failed} failed\n`);
    if (!isJson) for (const failure of result.failures) process.stderr.write(`  ${failure}\n`);
  }
  if (isJson) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  process.exitCode = results.every(({ failed }) => failed === 0) ? 0 : 1;
} catch (cause) {
  process.stderr.write(`The bundle could not be made. Are the packages built? npm run build\n${cause.message}\n`);
  process.exitCode = 1;
}
