/** One call under way. */
export interface OpenCall {
  /** Set once the call has begun to be sent. */
  abort?: (reason: Error) => void;
  /** Never goes out, or is broken off. */
  isCancelled: boolean;
  /** Tells whoever waits for the call that it is over. */
  end: (reason: Error) => void;
}

/** The calls under way by tenant, so that one tenant's can be ended while the others' go on. */
export class OpenCalls {
  readonly #byTenant: Map<number, Set<OpenCall>> = new Map();

  add(tenantId: number, call: OpenCall): void {
    const calls = this.#byTenant.get(tenantId);
    if (calls) calls.add(call);
    else this.#byTenant.set(tenantId, new Set([call]));
  }

  remove(tenantId: number, call: OpenCall): void {
    const calls = this.#byTenant.get(tenantId);
    calls?.delete(call);
    if (calls?.size === 0) this.#byTenant.delete(tenantId);
  }

  /** Ends the calls of one tenant; without an id those of all. */
  cancel(tenantId?: number): void {
    const ids = tenantId === undefined ? [...this.#byTenant.keys()] : [tenantId];
    for (const call of ids.flatMap((id) => [...(this.#byTenant.get(id) ?? [])])) {
      const reason = new Error('broken off');
      call.isCancelled = true;
      call.end(reason);
      call.abort?.(reason);
    }
  }
}
