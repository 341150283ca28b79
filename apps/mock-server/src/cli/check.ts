import { writeFileSync } from 'node:fs';
import { checkTable } from '../check/check-table.ts';
import { pickChecks, UnknownCheckError } from '../check/pick-checks.ts';
import { describeCheck, toJson } from '../check/report/json.ts';
import { toJunit } from '../check/report/junit.ts';
import { Scorecard } from '../check/report/scorecard.ts';
import { runChecks } from '../check/run-checks.ts';
import { summarize } from '../check/summary.ts';
import { readTarget, TargetError } from '../check/target.ts';
import type { CheckFlags } from './check-command.ts';

/** Checks a receiver and prints how it did. Returns the exit code: 0 every must holds, 1 one does not, 2 wrong use, 3 unreachable. */
export async function check(url: string | undefined, flags: CheckFlags): Promise<number> {
  try {
    const checks = pickChecks(checkTable, flags);
    if (flags.list) return list(checks, flags.json);
    const address = url ?? process.env.HUBEX_MOCK_CHECK_URL ?? '';
    if (address === '')
      return complain(2, 'Which receiver? Give its address: hubex-mock check http://localhost:3000/hook?key=...');
    return await run(address, { checks, flags });
  } catch (error) {
    if (error instanceof UnknownCheckError) return complain(2, error.message);
    if (!(error instanceof TargetError)) throw error;
    if (flags.json)
      print(`${JSON.stringify({ version: 1, error: { code: `check/${error.kind}`, message: error.message } })}\n`);
    return complain(error.kind === 'unreachable' ? 3 : 2, error.message);
  }
}

async function run(
  address: string,
  { checks, flags }: { checks: ReturnType<typeof pickChecks>; flags: CheckFlags },
): Promise<number> {
  const { json, junit, strict: isStrict, allowHost: allowHosts, secretParameter, deadline: deadlineMs } = flags;
  const target = await readTarget(address, { allowHosts, secretParameter });
  const { storm, atOnce, oversize } = flags;
  const pace = { patienceMs: flags.patience, pauseMs: flags.pause, promptMs: flags.prompt, storm, atOnce, oversize };
  const hasColour = process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  const card = new Scorecard({ hasColour, width: Math.min(process.stdout.columns || 110, 110) });
  const startedAt = new Date();
  const since = performance.now();
  let isFirst = true;
  const results = await runChecks(target, {
    ...{ checks, pace, deadlineMs },
    onResult(result) {
      if (json) return;
      print(`${isFirst ? card.head(target) : ''}${card.line(result)}`);
      isFirst = false;
    },
  });
  const ms = performance.now() - since;
  const summary = summarize(results, { isStrict });
  const { shown, secret } = target;
  if (json) print(`${JSON.stringify(toJson({ shown, secretIn: secret?.place, startedAt, ms, summary, results }))}\n`);
  else print(card.foot(summary, ms));
  if (junit === undefined) return summary.exitCode;
  try {
    writeFileSync(junit, toJunit({ results, shown, startedAt, isStrict }));
    return summary.exitCode;
  } catch (error) {
    return complain(
      2,
      `The JUnit file could not be written: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function list(checks: ReturnType<typeof pickChecks>, isJson: boolean): number {
  const rows = checks.map(({ id, severity, title }) => `${id.padEnd(18)} ${severity.padEnd(7)} ${title}\n`);
  print(isJson ? `${JSON.stringify(checks.map(describeCheck))}\n` : rows.join(''));
  return 0;
}

function print(text: string): void {
  process.stdout.write(text);
}

function complain(code: number, message: string): number {
  process.stderr.write(`hubex-mock: ${message}\n`);
  return code;
}
