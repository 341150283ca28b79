import openapiTS, { astToString } from 'openapi-typescript';
import type { Document } from '../document.ts';
import { banner } from '../root.ts';

/** paths, components, operations and webhooks as TypeScript types. */
export async function generateTypes(document: Document): Promise<string> {
  // openapi-typescript has its own type for documents and changes what it is given.
  const ast = await openapiTS(structuredClone(document) as never, { alphabetize: false });
  return `${banner('hubex.yaml')}${astToString(ast)}`;
}

/** One alias for each schema, so that users write AssetDetails instead of components['schemas']['AssetDetails']. */
export function generateAliases(document: Document): string {
  const aliases = Object.entries(document.components.schemas)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, { description }]) =>
        `/** ${String(description ?? name)} */\nexport type ${name} = components['schemas']['${name}'];`,
    );
  return `${banner('hubex.yaml')}import type { components } from './types.ts';\n\n${aliases.join('\n\n')}\n`;
}
