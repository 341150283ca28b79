import { readFile } from 'node:fs/promises';
import { checkScenario, type Scenario } from '@hubex-kit/simulator';
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { ScenarioFileError } from './scenario-file-error.ts';

/** Characters a file may have. */
const longestFile = 1_000_000;

/** Mistakes that are told at once. */
const mostMistakes = 20;

/**
 * Reads a scenario from a file of YAML or JSON.
 * @throws ScenarioFileError when it cannot be read or is no scenario.
 */
export async function readScenarioFile(path: string): Promise<Scenario> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ScenarioFileError(`${path}: The file cannot be read (${code}); check the path.`);
  }
  return readScenarioText(text, path);
}

/** The same for a text; `name` is what to call it. */
export function readScenarioText(text: string, name: string): Scenario {
  if (text.length > longestFile)
    throw new ScenarioFileError(`${name}: The file has more than ${longestFile} characters; make it shorter.`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const mistakes = document.errors.map(({ pos: [offset], message }) => `${place(offset)} ${message}`);
  if (mistakes.length > 0) throw refusal(mistakes);
  const checked = checkScenario(plain(document, name));
  if (checked.ok) return checked.scenario;
  throw refusal(
    checked.problems.map(({ path, field, message }) => `${place(offsetOf(document, path))} ${field}: ${message}`),
  );
}

function refusal(mistakes: readonly string[]): ScenarioFileError {
  const more = mistakes.length > mostMistakes ? [`and ${mistakes.length - mostMistakes} more`] : [];
  return new ScenarioFileError([...mistakes.slice(0, mostMistakes), ...more].join('\n'));
}

/** Aliases that multiply are refused: a few lines could become gigabytes. */
function plain(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new ScenarioFileError(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Where in the text the innermost part of a path is that exists. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === String(key));
      if (!pair || !isScalar(pair.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      if (!isNode(node)) break;
      offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}
