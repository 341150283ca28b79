import type { Asset } from '../../domain/asset.ts';

/** Matches assets whose name, serial number or erpID contains any of the terms split by `;;`, whatever the case (B201). */
export function searchTest(searchText: string): (asset: Asset) => boolean {
  const terms = searchText.split(';;').map((term) => term.trim().toLowerCase());
  const wanted = terms.filter((term) => term !== '');
  return ({ name, serialNumber, erpId }) => {
    const text = `${name}\n${serialNumber ?? ''}\n${erpId ?? ''}`.toLowerCase();
    return wanted.some((term) => text.includes(term));
  };
}
