/** Counts calls by member and minute; B016 is off unless a limit is set. */
export class RateLimit {
  #windows: Map<number, { readonly minute: number; readonly calls: number }> = new Map();

  /** Another one that has counted the same. */
  copy(): RateLimit {
    const other = new RateLimit();
    other.#windows = new Map(this.#windows);
    return other;
  }

  /** Seconds to wait before the next call, or 0 if this one may pass. */
  take(memberId: number, context: { perMinute: number; now: number }): number {
    if (context.perMinute <= 0) return 0;
    const minute = Math.floor(context.now / 60_000);
    const window = this.#windows.get(memberId);
    const calls = window?.minute === minute ? window.calls + 1 : 1;
    this.#windows.set(memberId, { minute, calls });
    return calls <= context.perMinute ? 0 : Math.max(1, Math.ceil(((minute + 1) * 60_000 - context.now) / 1000));
  }
}
