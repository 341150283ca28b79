import type { SavedState } from './saved-state.ts';
import { StateError } from './state-error.ts';

/**
 * Refuses a state whose default tenant has another service token, or that holds more tenants than there may be.
 * @throws StateError
 */
export function refuseForeign(
  { tenants }: SavedState,
  { id, serviceToken, most }: { id: number; serviceToken: string; most: number },
): void {
  const own = tenants.find((saved) => saved.id === id);
  if (own?.serviceToken !== serviceToken)
    throw new StateError('It was written with another service token. Start with that --service-token.');
  if (tenants.length > most)
    throw new StateError(`It holds ${tenants.length} tenants; start with a larger --max-tenants than ${most}.`);
}
