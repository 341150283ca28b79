import { bundleSpec, readLedger } from './document.ts';
import { generateControlResults } from './steps/control-results.ts';
import { generateDeliveries } from './steps/deliveries.ts';
import { generateErrors } from './steps/errors.ts';
import { generateEvents } from './steps/events.ts';
import { generateAliases, generateTypes } from './steps/openapi-types.ts';
import { generateOperations } from './steps/operations.ts';
import { generatePeople } from './steps/people.ts';
import { generateLedgerPage, generateReference } from './steps/reference.ts';
import { generateRoutes } from './steps/routes.ts';
import { generateSwitches } from './steps/switches.ts';
import { generateBodyFields, generateValidators } from './steps/validators.ts';

/** Folders that hold nothing but generated files. */
export const generatedFolders: readonly string[] = [
  'openapi/dist',
  'packages/contract/src/generated',
  'packages/simulator/src/generated',
  'docs/en/reference',
  'docs/ru/reference',
];

const bodies = {
  assets: ['AssetAdd', 'AssetUpdate', 'AssetMassUpdate'],
  tokens: ['AccessTokenRequest', 'RefreshTokenRequest'],
  webhooks: ['WebhookMerge'],
  variables: ['VariableAdd', 'VariableUpdate'],
};

const deliveries = [
  'Delivery',
  'AssetCreatedDelivery',
  'AssetChangedDelivery',
  'AssetDeletedDelivery',
  'AssetPublishedDelivery',
  'AssetUnpublishedDelivery',
];

/** Every generated file: path from the repository's root → content. */
export async function generateAll(): Promise<ReadonlyMap<string, string>> {
  const { text, document } = bundleSpec();
  const ledger = readLedger();
  const contract = (name: string): string => `packages/contract/src/generated/${name}`;
  const files = new Map([
    ['openapi/dist/openapi.json', text],
    [contract('types.ts'), await generateTypes(document)],
    [contract('aliases.ts'), generateAliases(document)],
    [contract('operations.ts'), generateOperations(document)],
    [contract('routes.ts'), generateRoutes(document)],
    [contract('events.ts'), generateEvents(document)],
    [contract('deliveries.ts'), generateDeliveries(document)],
    [contract('errors.ts'), generateErrors(document)],
    [contract('body-fields.ts'), generateBodyFields(document, Object.values(bodies).flat())],
    [contract('validators/deliveries.ts'), generateValidators(document, deliveries)],
    ...Object.entries(bodies).map(
      ([file, names]) => [contract(`validators/${file}.ts`), generateValidators(document, names)] as const,
    ),
    ['packages/simulator/src/generated/switches.ts', generateSwitches(ledger)],
    ['packages/simulator/src/generated/people.ts', generatePeople()],
    ['docs/en/reference/operations.md', generateReference(document, 'en')],
    ['docs/ru/reference/operations.md', generateReference(document, 'ru')],
    ['docs/en/reference/behaviours.md', generateLedgerPage(ledger)],
  ]);
  // Last: results of controls are made of generated types.
  return files.set('packages/simulator/src/generated/control-results.ts', generateControlResults(files));
}
