/** A reference inside a document. */
export type Ref = { readonly $ref: string };

/** Follows a reference once. @throws for one that leads nowhere. */
export function resolve<T extends object>(spec: object, node: T | Ref): T {
  if (!('$ref' in node) || typeof node.$ref !== 'string') return node as T; // a node without $ref is the thing itself
  let target: unknown = spec;
  for (const part of node.$ref.replace('#/', '').split('/')) {
    target = (target as Record<string, unknown>)[part.replaceAll('~1', '/')]; // a reference leads through objects
  }
  if (target === undefined) throw new Error(`${node.$ref} leads nowhere.`);
  return target as T; // references lead to their kind in a valid document
}
