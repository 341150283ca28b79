import { type ControlDefinition, type ControlName, controls } from '@hubex-kit/simulator';
import { type ControlFailure, failure } from './control-error-reply.ts';

/** Where a request to the control plane goes. */
export type ControlRoute =
  | { readonly kind: 'control'; readonly name: ControlName; readonly definition: ControlDefinition }
  | { readonly kind: 'document' | 'list' }
  | { readonly kind: 'refused'; readonly failure: ControlFailure; readonly allow?: string };

/** Object.entries knows the names of an object only as strings. */
const entries = Object.entries(controls) as readonly (readonly [ControlName, ControlDefinition])[];

const known = entries.map(([, { method, path }]) => `${method} /__mock${path}`).join(', ');

/** Finds the control for a method and a path below /__mock. */
export function findControl(requestMethod: string, requestPath: string): ControlRoute {
  const path = requestPath.replace(/\/+$/, '');
  // Node leaves the body of an answer to HEAD out by itself.
  const method = requestMethod === 'HEAD' ? 'GET' : requestMethod;
  if (method === 'GET' && path === '/openapi.json') return { kind: 'document' };
  if (method === 'GET' && path === '/controls') return { kind: 'list' };
  const here = entries.filter(([, definition]) => definition.path === path);
  const found = here.find(([, definition]) => definition.method === method);
  if (found) return { kind: 'control', name: found[0], definition: found[1] };
  if (here.length === 0) {
    const message = `There is no control ${requestPath}; known: ${known}. GET /__mock/openapi.json describes them.`;
    return { kind: 'refused', failure: failure(404, { code: 'mock/unknown-control', message }) };
  }
  const methods = here.map(([, definition]) => definition.method);
  const allow = methods.map((each) => (each === 'GET' ? 'GET, HEAD' : each)).join(', ');
  const message = `Use ${methods.join(' or ')} for /__mock${path}.`;
  return { kind: 'refused', failure: failure(405, { code: 'mock/wrong-method', message }), allow };
}

/** Every control as data, for forms. */
export function controlList(): unknown {
  return entries.map(([name, { run: _, ...definition }]) => ({ name, ...definition }));
}
