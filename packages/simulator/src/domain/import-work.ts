import type { AssetEvent } from './asset.ts';
import { type PreparedImport, prepareImport, writeImport } from './asset-import.ts';
import { type ImportPlan, planImport } from './import-plan.ts';
import type { ImportRow, ImportRules } from './import-row.ts';
import type { Member } from './member.ts';
import { atOnce, type Steps } from './steps.ts';
import type { Tenant } from './tenant.ts';
import { sees } from './visibility.ts';

/** Whose import it is, and the rules it goes by. */
interface Order {
  readonly rows: readonly ImportRow[];
  readonly member: Member;
  readonly rules: ImportRules;
}

/** What an import would do to the assets its member sees. */
export function planRows(tenant: Tenant, { rows, member, rules }: Order): Steps<ImportPlan> {
  const assets = tenant.assets.live().filter(sees(member, tenant.assets));
  return planImport(tenant, { rows, assets, rules });
}

/**
 * Writes the rows of an accepted import. They are planned anew: since the answer somebody may have changed or imported the same assets. And
 * once more, at once, if somebody did so between the steps. Returns the events to announce.
 */
export function* importRows(
  tenant: Tenant,
  order: Order & { readonly now: () => number },
): Steps<readonly AssetEvent[]> {
  const { reference, assets } = tenant;
  const { version } = assets;
  const prepared = yield* prepare(tenant, order);
  const isValid = assets.version === version && tenant.reference === reference;
  return writeImport(tenant, {
    prepared: isValid ? prepared : atOnce(prepare(tenant, order)),
    rules: order.rules,
    memberId: order.member.id,
    now: order.now(),
  });
}

function* prepare(tenant: Tenant, order: Order): Steps<PreparedImport> {
  const plan = yield* planRows(tenant, order);
  return yield* prepareImport(tenant, { plan, rules: order.rules });
}
