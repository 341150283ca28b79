import { element } from './element.ts';
import { type Answered, type ControlShown, type FieldShown, run } from './plane.ts';
import { word } from './words.ts';

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** A control as a form, drawn from its declaration. */
export function controlForm(control: ControlShown): HTMLElement {
  const { name, summary, method, path, examples } = control;
  const inputs = new Map(Object.entries(control.input).map(([field, shown]) => [field, inputOf(field, shown)]));
  const output = element('pre', { class: 'output', hidden: true });
  const show = ({ ok, text, field }: Answered): void => {
    output.hidden = false;
    output.className = ok ? 'output' : 'output failed';
    output.textContent = text;
    for (const [each, input] of inputs) input.setAttribute('aria-invalid', String(each === field));
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const button = form.querySelector('button[type=submit]');
    button?.setAttribute('disabled', '');
    try {
      show(await run(control, valuesOf(control, inputs)));
    } catch (error) {
      show({ ok: false, text: String(error) });
    } finally {
      button?.removeAttribute('disabled');
    }
  };
  const form = element(
    'form',
    { onsubmit: (event) => void submit(event) },
    ...[...inputs].map(([field, input]) => row(field, { input, shown: control.input[field] })),
    element(
      'div',
      { class: 'acts' },
      element('button', { type: 'submit' }, word('Run')),
      ...examples
        .filter((example) => Object.keys(example).length > 0)
        .map((example) =>
          element(
            'button',
            { type: 'button', class: 'example', title: JSON.stringify(example), onclick: () => fill(inputs, example) },
            Object.entries(example)
              .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
              .join(' '),
          ),
        ),
    ),
    output,
  );
  return element(
    'details',
    { id: `control-${name}` },
    element('summary', {}, element('b', {}, name), ' ', element('span', {}, summary)),
    element('code', { class: 'path' }, `${method} /__mock${path}`),
    form,
  );
}

function row(field: string, { input, shown }: { input: Input; shown: FieldShown | undefined }): HTMLElement {
  const hint = [shown?.required ? word('required') : '', shown?.doc ?? ''].filter(Boolean).join(' · ');
  return element('label', {}, element('span', {}, field), input, element('small', {}, hint));
}

function inputOf(name: string, { kind, values, required = false, default: usual }: FieldShown): Input {
  const attributes = { name, required, placeholder: usual === undefined ? '' : String(usual) };
  const choices = kind === 'boolean' ? ['true', 'false'] : kind === 'enum' ? values : undefined;
  if (choices) {
    const options = ['', ...choices].map((value) => element('option', { value }, value || `— ${usual ?? ''}`));
    return element('select', { name, required }, ...options);
  }
  if (kind === 'json') return element('textarea', { ...attributes, rows: '3', placeholder: '{ }' });
  const isNumber = kind === 'integer' || kind === 'number';
  return element('input', { ...attributes, autocomplete: 'off', inputmode: isNumber ? 'numeric' : 'text' });
}

function fill(inputs: ReadonlyMap<string, Input>, example: Readonly<Record<string, unknown>>): void {
  for (const [name, input] of inputs) {
    const value = example[name];
    input.value =
      value === undefined
        ? ''
        : typeof value === 'object' && !Array.isArray(value)
          ? JSON.stringify(value)
          : String(value);
  }
}

/** What is sent: the control plane reads texts itself, but JSON has to be JSON. */
function valuesOf(control: ControlShown, inputs: ReadonlyMap<string, Input>): Readonly<Record<string, unknown>> {
  const given = [...inputs].filter(([, { value }]) => value !== '');
  return Object.fromEntries(given.map(([name, { value }]) => [name, typed(control.input[name]?.kind, value)]));
}

function typed(kind: string | undefined, value: string): unknown {
  switch (kind) {
    case 'integer':
    case 'number':
      return Number(value);
    case 'boolean':
      return value === 'true';
    case 'json':
      return JSON.parse(value);
    case 'list':
      return value.split(',').map((item) => (/^-?\d+$/.test(item.trim()) ? Number(item) : item.trim()));
    default:
      return value;
  }
}
