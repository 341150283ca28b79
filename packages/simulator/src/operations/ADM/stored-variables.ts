import type { VariableAdd } from '@hubex-kit/contract';
import type { Tenant } from '../../domain/tenant.ts';

/** Puts variables into the tenant's store, over what was there. */
export function storeVariables(tenant: Tenant, items: readonly VariableAdd[]): void {
  for (const { name, value, description } of items) {
    tenant.variables.set(name, { value, description: description ?? null });
  }
}
