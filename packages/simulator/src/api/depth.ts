/** How many deliveries led to a call, one caused by the other: the mock server sends it, receivers that hand it on let a loop be seen. Not HubEx's (B146). */
export const depthHeader = 'x-hubex-mock-depth';

/** The depth a caller gives; 0 for none or one that is no whole number. */
export function depthOf(headers: Readonly<Record<string, string | undefined>>): number {
  const given = headers[depthHeader];
  return given !== undefined && /^\d{1,9}$/.test(given) ? Number(given) : 0;
}
