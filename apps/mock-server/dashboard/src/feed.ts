import { type ActivityShown, type Line, lineOf } from './activity.ts';
import { element } from './element.ts';
import { word } from './words.ts';

/** Lines that are kept; older ones leave the page, not the journal. */
const mostLines = 500;

/** What happens, newest first, with a filter. */
export class Feed {
  readonly element: HTMLElement;
  readonly #list = element('ol', { class: 'lines' });
  readonly #empty = element(
    'p',
    { class: 'empty' },
    word('Nothing has happened yet. Call the API, or cause an event on the right.'),
  );
  readonly #filter = element('input', { type: 'search', placeholder: word('Filter…'), oninput: () => this.#sift() });

  constructor() {
    const clear = element('button', { type: 'button', class: 'quiet', onclick: () => this.clear() }, word('Clear'));
    const bar = element('div', { class: 'bar' }, element('h2', {}, word('Activity')), this.#filter, clear);
    this.element = element('div', {}, bar, this.#empty, this.#list);
  }

  add(activity: ActivityShown): void {
    const line = lineOf(activity);
    if (!line) return;
    this.#empty.hidden = true;
    const row = rowOf(line, activity);
    row.hidden = !this.#fits(row);
    this.#list.prepend(row);
    if (this.#list.childElementCount > mostLines) this.#list.lastElementChild?.remove();
  }

  clear(): void {
    this.#list.replaceChildren();
    this.#empty.hidden = false;
  }

  #sift(): void {
    for (const row of this.#list.children) if (row instanceof HTMLElement) row.hidden = !this.#fits(row);
  }

  #fits(row: HTMLElement): boolean {
    return (row.textContent ?? '').toLowerCase().includes(this.#filter.value.trim().toLowerCase());
  }
}

function rowOf({ time, kind, tone, text, note }: Line, activity: ActivityShown): HTMLElement {
  const more = element('pre', { hidden: true });
  const toggle = (): void => {
    more.hidden = !more.hidden;
    more.textContent ||= JSON.stringify(activity, null, 2);
    head.setAttribute('aria-expanded', String(!more.hidden));
  };
  const head = element(
    'button',
    { type: 'button', class: 'line', 'aria-expanded': 'false', onclick: toggle },
    element('time', {}, time),
    element('span', { class: `kind ${tone}` }, kind),
    element('span', { class: 'text' }, text),
    element('span', { class: 'note' }, note),
  );
  return element('li', {}, head, more);
}
