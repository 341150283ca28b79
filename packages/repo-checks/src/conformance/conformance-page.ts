import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../laws/packages.ts';
import type { TargetRun } from './conformance-run.ts';

/** The languages of the page. */
export const languages = ['en', 'ru'] as const;

type Language = (typeof languages)[number];

const words: Readonly<Record<Language, readonly [title: string, intro: string, unseen: string]>> = {
  en: [
    'Conformance',
    'Every number of the [behaviour ledger](../reference/behaviours.md) and the doors through which one suite has shown it: the simulator as a function, behind msw in Node, behind Express on sockets, behind msw in a page of Chromium.',
    '– B031: a page can neither read `Set-Cookie` nor send `Cookie`.',
  ],
  ru: [
    'Соответствие',
    'Каждый номер [журнала поведения](../../en/reference/behaviours.md) и двери, через которые его показал один и тот же набор проверок: имитатор как функция, за msw в Node, за Express на сокетах, за msw на странице в Chromium.',
    '– B031: страница не может ни прочитать `Set-Cookie`, ни отправить `Cookie`.',
  ],
};

/** Order of the columns. */
const columns = ['direct', 'msw', 'express', 'browser'];

/** The table of ledger numbers and targets, as a page. */
export function conformancePage(language: Language, targets: readonly TargetRun[]): string {
  const [title, intro, unseen] = words[language];
  const ledger = readFileSync(join(root, 'openapi/behaviours.yaml'), 'utf8');
  const numbers = [...ledger.matchAll(/- id: (B\d{3})/g)].map(([, number = '']) => number).sort();
  const shown = columns.map((name) => targets.find((target) => target.name === name)?.shown ?? new Set<string>());
  const lines = numbers.map(
    (number) => `| ${number} | ${shown.map((own) => (own.has(number) ? '✓' : '–')).join(' | ')} |`,
  );
  return `<!-- Generated from a run by npm run conformance. Do not edit. -->

# ${title}

${intro}

| | ${columns.map((name, index) => `${name}: ${shown[index]?.size ?? 0}`).join(' | ')} |
| --- |${' --- |'.repeat(columns.length)}
${lines.join('\n')}

${unseen}
`;
}
