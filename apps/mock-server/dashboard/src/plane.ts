import { word } from './words.ts';

/** One input of a control, as /__mock/controls lists it. */
export interface FieldShown {
  readonly kind: string;
  readonly doc: string;
  readonly required?: boolean;
  readonly default?: number | string | boolean;
  readonly values?: readonly string[];
  readonly least?: number;
  readonly most?: number;
}

/** A control, as /__mock/controls lists it. */
export interface ControlShown {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly returns: string;
  readonly input: Readonly<Record<string, FieldShown>>;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

/** What a control answered. */
export interface Answered {
  readonly ok: boolean;
  readonly text: string;
  /** The input at fault. */
  readonly field?: string;
}

let tenant = '';

/** From now on everything is about this tenant. */
export function chooseTenant(id: string): void {
  tenant = id;
}

/** A request to the control plane. Where it wants a token, the page asks for it once and keeps it as long as it is open. */
export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const token = sessionStorage.getItem('control-token');
  const headers = new Headers(init.headers);
  if (token) headers.set('authorization', `Bearer ${token}`);
  const mark = path.includes('?') ? '&' : '?';
  const response = await fetch(`/__mock${path}${tenant && `${mark}tenant=${encodeURIComponent(tenant)}`}`, {
    ...init,
    headers,
  });
  if (response.status !== 401) return response;
  const given = prompt(word('Control token'));
  if (!given) return response;
  sessionStorage.setItem('control-token', given);
  return ask(path, init);
}

/** Carries a control out with what the form says; empty inputs are left out. */
export async function run(control: ControlShown, input: Readonly<Record<string, unknown>>): Promise<Answered> {
  const { method, path } = control;
  const search = new URLSearchParams(
    Object.entries(input).map(([name, value]) => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  );
  const response =
    method === 'POST'
      ? await ask(path, {
          method,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(input),
        })
      : await ask(`${path}${search.size > 0 ? `?${search}` : ''}`, { method });
  const text = await response.text();
  const value = parse(text);
  if (response.ok) return { ok: true, text: value === undefined ? text : JSON.stringify(value, null, 2) };
  const { error } = (value ?? {}) as { error?: { message?: string; field?: string } }; // the plane's own form of errors
  return { ok: false, text: error?.message ?? text, ...(error?.field !== undefined && { field: error.field }) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
