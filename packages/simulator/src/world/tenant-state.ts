import type { RateLimit } from '../api/rate-limit.ts';
import type { RequestJournal } from '../api/request-journal.ts';
import type { AssetStore } from '../domain/asset-store.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Switches } from '../generated/switches.ts';
import type { Randomness } from '../randomness.ts';
import type { Sinks } from '../sink/sinks.ts';
import type { TenantParts } from './tenant-parts.ts';

/** What a tenant consists of at the moment; a reset or a restore puts other parts in their place. */
export abstract class TenantState {
  protected abstract parts: TenantParts;

  get tenant(): Tenant {
    return this.parts.tenant;
  }

  get randomness(): Randomness {
    return this.parts.randomness;
  }

  get rateLimit(): RateLimit {
    return this.parts.rateLimit;
  }

  /** Changed in place: everything that assumes something reads it anew each time. */
  get switches(): Switches {
    return this.parts.switches;
  }

  /** What goes wrong in this tenant. */
  get faults(): FaultPlan {
    return this.parts.faults;
  }

  get requests(): RequestJournal {
    return this.parts.requests;
  }

  get sinks(): Sinks {
    return this.parts.sinks;
  }

  /** Looks at once, as if these were the assets of the tenant. */
  seenWith<Result>(assets: AssetStore, look: () => Result): Result {
    const parts = this.parts;
    this.parts = { ...parts, tenant: { ...parts.tenant, assets } };
    try {
      return look();
    } finally {
      this.parts = parts;
    }
  }

  /** A new trace identifier. */
  trace(): string {
    return this.randomness.letters(16);
  }
}
