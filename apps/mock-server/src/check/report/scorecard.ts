import { groups, type Severity } from '../check.ts';
import type { Result } from '../run-checks.ts';
import type { Summary } from '../summary.ts';

/** How to write for whoever reads. */
export interface Paper {
  readonly hasColour: boolean;
  /** Characters of a line. */
  readonly width: number;
}

const idWidth = 18;

/** What switches a colour on and off. Written out: util.styleText looks at the streams of the process in some versions of Node and not in others. */
const styles = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

/** The scorecard as text, piece by piece, so that it can be shown while the run lasts. */
export class Scorecard {
  readonly #paper: Paper;
  #group: string | undefined;

  constructor(paper: Paper) {
    this.#paper = paper;
  }

  /** Before the first result. */
  head({ shown, secret }: { shown: string; secret: { place: string } | undefined }): string {
    const where = secret ? `The secret is taken from ${secret.place}.` : 'No secret was found in the address.';
    return `\n  ${this.#in('bold', 'Receiver check')} of ${shown}\n  ${where}\n`;
  }

  /** One check; with the name of its group when that is a new one. */
  line(result: Result): string {
    const { check, outcome, text } = result;
    const heading = check.group === this.#group ? '' : `\n  ${this.#in('bold', groups[check.group])}\n`;
    this.#group = check.group;
    const note = text !== undefined && outcome !== 'failed' ? ` (${text})` : '';
    const plain = `${check.id.padEnd(idWidth)} ${check.title}`;
    const isBad = outcome === 'failed' || outcome === 'not-run';
    const severity = isBad ? ` ${this.#severity(check.severity)}` : '';
    const first = `    ${this.#mark(result)} ${plain}${note && this.#in('dim', note)}${severity}\n`;
    if (outcome !== 'failed') return heading + first;
    const ledger = check.ledger.length > 0 ? ` (${check.ledger.join(', ')})` : '';
    const details = [
      ['found', text ?? ''],
      ['why', `${check.why}${ledger}`],
      ['fix', check.fix],
    ] as const;
    return `${heading}${first}${details.map(([name, what]) => this.#detail(name, what)).join('')}`;
  }

  /** After the last result. */
  foot(summary: Summary, ms: number): string {
    const { passed, mustFailed, shouldFailed, infoFailed, skipped, notRun, exitCode } = summary;
    const verdict =
      exitCode === 1
        ? this.#in('red', 'Not ready: HubEx would count failures, or strangers get in.')
        : shouldFailed > 0
          ? this.#in('yellow', 'Ready for HubEx; what should be better is marked SHOULD.')
          : this.#in('green', 'Ready for HubEx.');
    const failed = mustFailed + shouldFailed + infoFailed;
    const parts = [`${mustFailed} must`, `${shouldFailed} should`, `${infoFailed} info`];
    const other = [skipped > 0 ? `${skipped} skipped` : '', notRun > 0 ? `${notRun} of the failed were not run` : ''];
    return `\n  ${verdict}\n  Failed: ${[...parts, ...other.filter(Boolean)].join(', ')}; ${(ms / 1000).toFixed(1)} s\n${passed} passed, ${failed} failed\n`;
  }

  #mark({ outcome, check: { severity } }: Result): string {
    switch (outcome) {
      case 'passed':
        return this.#in('green', '✔');
      case 'skipped':
        return this.#in('dim', '○');
      case 'failed':
      case 'not-run':
        return severity === 'must' ? this.#in('red', '✖') : severity === 'should' ? this.#in('yellow', '▲') : 'ℹ';
      default:
        return outcome satisfies never;
    }
  }

  #severity(severity: Severity): string {
    const colour = severity === 'must' ? 'red' : severity === 'should' ? 'yellow' : 'dim';
    return this.#in(colour, severity.toUpperCase());
  }

  #detail(name: string, text: string): string {
    const indent = ' '.repeat(14);
    const lines = wrap(text, Math.max(40, this.#paper.width - indent.length));
    return `        ${this.#in('dim', name.padEnd(6))}${lines.join(`\n${indent}`)}\n`;
  }

  #in(style: keyof typeof styles, text: string): string {
    const [on, off] = styles[style];
    return this.#paper.hasColour ? `\u001B[${on}m${text}\u001B[${off}m` : text;
  }
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
