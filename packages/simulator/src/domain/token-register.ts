import type { Randomness } from '../randomness.ts';

/** Minutes and years of the three kinds of token (B021, B033, B041), in seconds. */
export const lifetimes: { readonly access: 1800; readonly refresh: 31_536_000; readonly service: number } = {
  access: 1800,
  refresh: 31_536_000,
  service: 730 * 86_400,
};

/** Seconds a JWT is still accepted after its exp (B022). */
export const clockSkew = 300;

/** The claims of a JWT. exp is seconds since 1970. */
export interface Claims {
  readonly kind: 'access' | 'refresh';
  readonly memberId: number;
  readonly exp: number;
}

/** A register as plain data: pairs of a token and what it is good for, oldest first. */
export interface SavedTokens {
  readonly jwts: readonly (readonly [string, Claims])[];
  readonly services: readonly (readonly [string, ServiceToken])[];
}

/** A long-lived key of an API user. */
export interface ServiceToken {
  readonly memberId: number;
  readonly validTill: number;
}

// A session that only ever renews would grow the register for ever; the oldest tokens go first.
const limit = 20_000;

const base64url = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/**
 * The tokens a tenant has given out. A JWT has real header, claims and exp; its signature is random, because nobody but the
 * issuer can check it, and the issuer looks tokens up here.
 */
export class TokenRegister {
  #jwts: Map<string, Claims> = new Map();
  #services: Map<string, ServiceToken> = new Map();
  readonly #tenantId: number;
  readonly #tag: string;
  readonly #randomness: Randomness;

  /** `tag` ends every token this register makes: it tells whose token it is, and no two tenants ever make the same one. */
  constructor(tenant: { id: number; tag: string }, randomness: Randomness) {
    this.#tenantId = tenant.id;
    this.#tag = tenant.tag;
    this.#randomness = randomness;
  }

  /** Knows from now on what another register knows, and nothing else. */
  load(other: TokenRegister): void {
    this.#jwts = new Map(other.#jwts);
    this.#services = new Map(other.#services);
  }

  /** What it knows, as plain data. */
  save(): SavedTokens {
    return { jwts: [...this.#jwts], services: [...this.#services] };
  }

  /** Knows from now on what was saved, and nothing else. */
  restore({ jwts, services }: SavedTokens): void {
    this.#jwts = new Map(jwts);
    this.#services = new Map(services);
  }

  /** Issues a JWT that lives `seconds` from `now` (milliseconds). */
  issue(
    kind: Claims['kind'],
    subject: { memberId: number; seconds: number; now: number },
  ): { jwt: string; exp: number } {
    const iat = Math.floor(subject.now / 1000);
    const exp = iat + subject.seconds;
    const payload = { nbf: iat, iat, exp, TenantID: this.#tenantId, TenantMemberID: subject.memberId, use: kind };
    const jti = this.#randomness.letters(12);
    const jwt = [
      base64url(JSON.stringify({ alg: 'HS256', typ: 'JWT' })),
      base64url(JSON.stringify({ ...payload, jti })),
      `${this.#randomness.letters(43 - this.#tag.length)}${this.#tag}`,
    ].join('.');
    this.#jwts.set(jwt, { kind, memberId: subject.memberId, exp });
    if (this.#jwts.size > limit) {
      const oldest = this.#jwts.keys().next().value;
      if (oldest !== undefined) this.#jwts.delete(oldest);
    }
    return { jwt, exp };
  }

  /** The claims of a JWT of this kind that is known and not past its exp plus tolerance (B022). */
  find(jwt: string, expected: { kind: Claims['kind']; now: number }): Claims | undefined {
    const claims = this.#jwts.get(jwt);
    if (!claims || claims.kind !== expected.kind) return undefined;
    return expected.now <= (claims.exp + clockSkew) * 1000 ? claims : undefined;
  }

  /** Forgets a refresh token that was exchanged (B038). */
  forget(jwt: string): void {
    this.#jwts.delete(jwt);
  }

  /** Gives a member a service token; without a value one is made in HubEx's form (B041). */
  addService(memberId: number, options: { now: number; value?: string }): { token: string; validTill: number } {
    const token = options.value ?? this.#makeService();
    const validTill = options.now + lifetimes.service * 1000;
    this.#services.set(token, { memberId, validTill });
    return { token, validTill };
  }

  #makeService(): string {
    const { letters } = this.#randomness;
    return `${letters(11)}.${letters(11 - this.#tag.length)}${this.#tag}`;
  }

  findService(token: string, now: number): ServiceToken | undefined {
    const service = this.#services.get(token);
    return service && now <= service.validTill ? service : undefined;
  }

  /** Takes the service tokens of these members away (B042). */
  revokeServices(memberIds: ReadonlySet<number>): void {
    for (const [token, { memberId }] of this.#services) if (memberIds.has(memberId)) this.#services.delete(token);
  }
}
