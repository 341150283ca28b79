import type { Schema } from '../document.ts';
import { compareOperation } from './compare-operation.ts';
import { compareSchemas } from './compare-schemas.ts';
import type { Both, Finding, Note, Operation, Spec } from './finding.ts';

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'];

/**
 * Everything the vendor's document says, compared with ours. One way: what only we say, we justify by evidence labels in openapi/.
 * @throws when the document does not say which service it is of, or a reference leads nowhere.
 */
export function compareSpecs(vendor: Spec, ours: Spec): readonly Finding[] {
  const service = serviceOf(vendor);
  const findings: Finding[] = [];
  const note: Note = (kind, where, problems = []) => void findings.push({ service, kind, where, problems });
  for (const [path, item] of Object.entries(vendor.paths)) {
    const full = `/${service}${path}`;
    const [ownPath, own] = Object.entries(ours.paths).find(([each]) => shape(each) === shape(full)) ?? [];
    note('path', full, own ? [] : ['missing']);
    if (!own || ownPath === undefined) continue;
    for (const method of methods.filter((each) => item[each])) {
      const where = `${method.toUpperCase()} ${full}`;
      if (!own[method]) {
        note('operation', where, ['missing']);
        continue;
      }
      const operation = (side: typeof item): Operation => {
        const each = side[method] as Operation; // a method of a path item holds an operation
        return { ...each, parameters: [...(side.parameters ?? []), ...(each.parameters ?? [])] };
      };
      compareOperation({ theirs: operation(item), mine: operation(own), ownPath, where, vendor, ours, note });
    }
  }
  for (const { name, vendorName } of namedSchemas(ours)) compareNamed(name, { vendorName, vendor, ours, note });
  return findings;
}

/** Our schemas that say by `x-hubex-vendor-schema` what the vendor calls them, because no operation of ours leads there. */
export function namedSchemas(ours: Spec): readonly { readonly name: string; readonly vendorName: string }[] {
  return Object.entries(schemasOf(ours)).flatMap(([name, schema]) => {
    const vendorName = schema['x-hubex-vendor-schema'];
    return typeof vendorName === 'string' ? [{ name, vendorName }] : [];
  });
}

function compareNamed(name: string, { vendorName, ...both }: Both & { vendorName: string }): void {
  const [theirs, mine] = [schemasOf(both.vendor)[vendorName], schemasOf(both.ours)[name]];
  if (theirs && mine) compareSchemas({ theirs, mine, where: `schema ${name}`, kind: 'field', isReply: true, ...both });
}

function schemasOf({ components }: Spec): Readonly<Record<string, Schema>> {
  return (components?.schemas ?? {}) as Readonly<Record<string, Schema>>; // by the OpenAPI standard
}

/** `https://api.hubex.ru/fsm/MSG` is the service MSG. */
function serviceOf({ servers }: Spec): string {
  const url = servers?.[0]?.url ?? '';
  const name = /\/(\w+)\/?$/.exec(url)?.[1];
  if (name === undefined)
    throw new Error(`servers[0].url is ${JSON.stringify(url)}; its path has to end in the service, like …/fsm/MSG`);
  return name;
}

/** Parameter names and case do not tell two paths apart. */
function shape(path: string): string {
  return path.toLowerCase().replaceAll(/\{[^}]+\}/g, '{}');
}
