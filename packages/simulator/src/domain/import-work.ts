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

/** A plan and what it was made of. */
interface KnownPlan {
  readonly plan: ImportPlan;
  readonly assets: Tenant['assets'];
  readonly version: number;
  readonly reference: Tenant['reference'];
  readonly rules: string;
}

/** By their rows: what was found for the answer is mostly still true when the rows are written. */
const plans = new WeakMap<readonly ImportRow[], KnownPlan>();

/** What an import would do to the assets its member sees. Planned once for as long as nothing changes. */
export function* planRows(tenant: Tenant, { rows, member, rules }: Order): Steps<ImportPlan> {
  const { assets, reference } = tenant;
  const of = { assets, version: assets.version, reference, rules: `${rules.importMatching} ${rules.importEmptyCell}` };
  const known = plans.get(rows);
  if (known && isSame(known, of)) return known.plan;
  const plan = yield* planImport(tenant, { rows, assets: assets.live().filter(sees(member, assets)), rules });
  plans.set(rows, { ...of, plan });
  return plan;
}

function isSame(one: Omit<KnownPlan, 'plan'>, other: Omit<KnownPlan, 'plan'>): boolean {
  const { assets, version, reference, rules } = one;
  const isThere = other.assets === assets && other.reference === reference;
  return isThere && other.version === version && other.rules === rules;
}

/**
 * Writes the rows of an accepted import. They are planned anew if somebody changed the tenant since the answer, such as by an import of the same
 * assets; and once more, at once, if somebody did so between the steps. Returns the events to announce.
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
