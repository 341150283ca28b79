/** Name of the header that tells which traps of the real API a call stepped into. Only the mock sends it. */
export const warningHeader = 'x-hubex-mock-warning';

const most = 8;

/** Collects warnings of one call; the header's value is ASCII and bounded. */
export class Warnings {
  readonly #texts: string[] = [];

  readonly add = (behaviour: string, text: string): void => {
    if (this.#texts.length < most) this.#texts.push(`${behaviour} ${text}`);
  };

  /** The header, or nothing when there is nothing to report. */
  headers(): Readonly<Record<string, string>> {
    if (this.#texts.length === 0) return {};
    // A header holds printable ASCII only, and what a caller misspelt may be anything.
    const value = this.#texts
      .join('; ')
      .slice(0, 1000)
      .replaceAll(/[^ -~]/gu, (char) => {
        return /[\uD800-\uDFFF]/.test(char) && char.length === 1 ? '?' : encodeURIComponent(char);
      });
    return { [warningHeader]: value };
  }
}
