/** The id of the tenant that a simulator starts with, whatever its service token. */
export const defaultTenantId = 105;

/** Ids below are the default tenant's and those that people like to make up. */
const firstId = 1_000;
const ids = 2_147_483_647 - firstId;

/**
 * The id of the tenant a service token opens: derived from the token alone, so that tests in parallel get the same ids in any order.
 * `probe` is 0; a number above it gives the next candidate when two tokens meet in one id (one pair in 4,000 hubs of 1,000 tenants).
 */
export function tenantIdOf(serviceToken: string, probe = 0): number {
  return firstId + (hash(probe === 0 ? serviceToken : `${serviceToken}\n${probe}`) % ids);
}

/** Characters at the end of every token a tenant issues; they tell whose it is without a look into the token. */
export const tagLength = 6;

/** The mark of a tenant in the tokens it issues: its id in base 36. */
export function tagOf(tenantId: number): string {
  return tenantId.toString(36).padStart(tagLength, '0');
}

/** A seed for what a tenant makes up while it runs; tenants of one seed differ in it, so that no two ever issue the same token. */
export function runtimeSeed(seed: number, tenantId: number): number {
  return hash(`${seed} ${tenantId}`) | 0;
}

/** FNV-1a with a final mix: 32 bits, unsigned. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    sum = Math.imul(sum ^ (code & 0xff), 0x01000193);
    sum = Math.imul(sum ^ (code >>> 8), 0x01000193);
  }
  sum = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  sum = Math.imul(sum ^ (sum >>> 13), 0xc2b2ae35);
  return (sum ^ (sum >>> 16)) >>> 0;
}
