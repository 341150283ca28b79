/** What is wrong with a generated file on disk. */
export interface Drift {
  readonly path: string;
  readonly problem: 'missing' | 'stale' | 'unexpected';
}

/** Compares what would be generated with what is there; `present` maps each file of the generated folders to its content. */
export function findDrift(wanted: ReadonlyMap<string, string>, present: ReadonlyMap<string, string>): readonly Drift[] {
  const drift: Drift[] = [];
  for (const [path, content] of wanted) {
    const there = present.get(path);
    if (there === undefined) drift.push({ path, problem: 'missing' });
    else if (there !== content) drift.push({ path, problem: 'stale' });
  }
  for (const path of present.keys()) if (!wanted.has(path)) drift.push({ path, problem: 'unexpected' });
  return drift;
}
