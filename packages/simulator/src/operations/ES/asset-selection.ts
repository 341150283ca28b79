import type { Asset } from '../../domain/asset.ts';
import { done, type Result, refused } from '../../domain/refusal.ts';
import { sees } from '../../domain/visibility.ts';
import type { Call } from '../operation.ts';
import { type AssetFilters, filterTests, type Test } from './asset-filters.ts';
import { searchTest } from './search-text.ts';

type Selecting = Pick<Call<'listAssets'>, 'tenant' | 'member' | 'switches' | 'warn'> & { readonly query: AssetFilters };

/** The assets a list or a count is about, in id order (B181, B199, B201-B208). */
export function selectAssets({ tenant, member, query, switches, warn }: Selecting): Result<readonly Asset[]> {
  const { searchText } = query;
  if (searchText && switches.searchFieldsSelected > 1) return refused({ kind: 'search-field' });
  const tests: Test[] = [...filterTests(query, { tenant, outsideDomain: switches.filterOutsideDomain, warn })];
  if (searchText) tests.push(searchTest(searchText));
  const candidates = query.isDeleted
    ? tenant.assets.all().filter(({ deleted }) => deleted !== null)
    : tenant.assets.live();
  const visible = sees(member, tenant.assets);
  return done(candidates.filter((asset) => visible(asset) && tests.every((test) => test(asset))));
}
