import type { Asset } from '../../domain/asset.ts';
import { done, type Result, refused } from '../../domain/refusal.ts';
import { sees, seesAll } from '../../domain/visibility.ts';
import type { Call } from '../operation.ts';
import { type AssetFilters, filterTests, type Test } from './asset-filters.ts';
import { searchTest } from './search-text.ts';
import { SelectionMemory } from './selection-memory.ts';

type Selecting = Pick<Call<'listAssets'>, 'tenant' | 'member' | 'switches' | 'warn'> & { readonly query: AssetFilters };

const memory = new SelectionMemory();

/** The assets a list or a count is about, in id order (B181, B199, B201-B208). */
export function selectAssets({ tenant, member, query, switches, warn }: Selecting): Result<readonly Asset[]> {
  const { assets } = tenant;
  const { searchText, isDeleted } = query;
  if (searchText && switches.searchFieldsSelected > 1) return refused({ kind: 'search-field' });
  // Also asked when the result is already known: the warnings are part of the answer.
  const tests: Test[] = [...filterTests(query, { tenant, outsideDomain: switches.filterOutsideDomain, warn })];
  if (searchText) tests.push(searchTest(searchText));
  if (tests.length === 0 && !isDeleted && seesAll(member)) return done(assets.live());
  const question = JSON.stringify([member.id, switches.filterOutsideDomain, query]);
  return done(
    memory.recall(assets, {
      question,
      select() {
        const candidates = isDeleted ? assets.all().filter(({ deleted }) => deleted !== null) : assets.live();
        const visible = sees(member, assets);
        return candidates.filter((asset) => visible(asset) && tests.every((test) => test(asset)));
      },
    }),
  );
}
