import { nearest } from '@hubex-kit/contract/nearest';
import { ControlError } from '../control/control-error.ts';
import { readRule } from '../faults/read-rule.ts';
import { placePhases } from './place-phases.ts';
import type { Scenario } from './scenario.ts';
import { scenarioShape, singleActions } from './scenario-shape.ts';
import type { Field, Shape } from './shape.ts';

/** What is wrong with a scenario, and where. */
export interface ScenarioProblem {
  /** Keys and indexes from the outside in: `['phases', 2, 'flow', 'mix']`. */
  readonly path: readonly (string | number)[];
  /** The same for people: `phases[2].flow.mix`. */
  readonly field: string;
  readonly message: string;
}

/** The longest scenario, in milliseconds: 400 days. */
export const longestScenario: number = 400 * 86_400_000;

/** Reads plain data as a scenario, or says everything that is wrong with it. */
export function checkScenario(
  value: unknown,
):
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly ScenarioProblem[] } {
  const problems: ScenarioProblem[] = [];
  checkObject(value, { shape: scenarioShape, path: [], problems });
  if (problems.length > 0) return { ok: false, problems };
  const scenario = value as Scenario; // every field was checked against the shape, which has exactly the fields of the type
  checkMeaning(scenario, problems);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, scenario };
}

interface Place {
  readonly path: ScenarioProblem['path'];
  readonly problems: ScenarioProblem[];
}

function report({ path, problems }: Place, message: string): void {
  const field = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  problems.push({ path, field: field.replace(/^\./, '') || 'scenario', message });
}

function checkObject(value: unknown, { shape, path, problems }: Place & { shape: Shape }): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    report(
      { path, problems },
      `It must be an object with ${Object.keys(shape.fields).join(', ')}; it was ${show(value)}.`,
    );
    return;
  }
  const known = Object.keys(shape.fields);
  for (const [name, member] of Object.entries(value)) {
    const field = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    const place = { path: [...path, name], problems };
    if (!field) report(place, `There is no ${name} here${suggest(name, known)} Known: ${known.join(', ')}.`);
    else checkField(member, { field, ...place });
  }
  for (const name of shape.required) {
    if (!(name in value)) report({ path, problems }, `${name} is missing: ${shape.fields[name]?.doc ?? ''}`);
  }
  if (shape.oneOf && !shape.oneOf.some((name) => name in value))
    report({ path, problems }, `It needs at least one of ${shape.oneOf.join(', ')}.`);
}

function checkField(value: unknown, { field, ...place }: Place & { field: Field }): void {
  const refuse = (want: string): void => report(place, `It must be ${want}; it was ${show(value)}.`);
  const isNumber = (least: number, most: number): boolean =>
    typeof value === 'number' && value >= least && value <= most;
  switch (field.kind) {
    case 'text':
      if (typeof value !== 'string' || value === '' || value.length > field.longest) refuse(field.like);
      else if (field.pattern !== undefined && !new RegExp(field.pattern).test(value)) refuse(field.like);
      return;
    case 'number':
      if (!isNumber(field.least, field.most) || (field.whole && !Number.isInteger(value)))
        refuse(`a ${field.whole ? 'whole ' : ''}number from ${field.least} to ${field.most}`);
      return;
    case 'choice':
      if (typeof value === 'string' && field.of.includes(value)) return;
      report(
        place,
        `It must be one of ${field.of.join(', ')}; it was ${show(value)}${suggest(String(value), field.of)}`,
      );
      return;
    case 'faults':
      if (!Array.isArray(value) || value.length < 1 || value.length > field.most)
        refuse(`a list of 1 to ${field.most}`);
      else for (const [index, rule] of value.entries()) checkFault(rule, { ...place, path: [...place.path, index] });
      return;
    case 'object':
      checkObject(value, { shape: field.of, ...place });
      return;
    case 'list':
      if (!Array.isArray(value) || value.length < 1 || value.length > field.most) {
        refuse(`a list of 1 to ${field.most}`);
        return;
      }
      for (const [index, item] of value.entries())
        checkObject(item, { shape: field.of, path: [...place.path, index], problems: place.problems });
      return;
    default:
      field satisfies never;
  }
}

/** The faults check themselves; only their end is the phase's business. */
function checkFault(rule: unknown, place: Place): void {
  for (const name of ['until', 'for']) {
    if (typeof rule === 'object' && rule !== null && name in rule)
      report({ ...place, path: [...place.path, name] }, `A fault of a phase ends with the phase; leave ${name} out.`);
  }
  try {
    readRule(rule, 0);
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    const path = error.field === 'rule' ? [] : error.field.split('.');
    report({ ...place, path: [...place.path, ...path] }, error.message);
  }
}

/** What single fields cannot tell. */
function checkMeaning(scenario: Scenario, problems: ScenarioProblem[]): void {
  for (const [index, phase] of scenario.phases.entries()) {
    const path = ['phases', index];
    const needsEnd = phase.flow ? 'flow' : phase.faults ? 'faults' : undefined;
    if (needsEnd && phase.for === undefined)
      report({ path, problems }, `for is missing: how long ${needsEnd} must last.`);
    const weights = phase.flow ? Object.values(phase.flow.mix) : [1];
    if (weights.every((weight) => weight === 0))
      report({ path: [...path, 'flow', 'mix'], problems }, 'Every weight is 0; give one action more.');
    for (const [at, step] of (phase.do ?? []).entries()) {
      const place = (name: string): Place => ({ path: [...path, 'do', at, name], problems });
      if (step.over !== undefined && !(step.action in singleActions))
        report(place('over'), `${step.action} is one call and cannot be spread; leave over out.`);
      if (step.changed !== undefined && step.action !== 'import')
        report(place('changed'), `Only an import has changed rows; ${step.action} has none.`);
    }
  }
  if (problems.length === 0 && placePhases(scenario).some(({ till }) => till > longestScenario))
    report({ path: ['phases'], problems }, 'The scenario lasts more than 400 days; make it shorter.');
}

function suggest(word: string, known: readonly string[]): string {
  return known.length === 0 ? '.' : `; did you mean ${nearest(word, known)}?`;
}

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
