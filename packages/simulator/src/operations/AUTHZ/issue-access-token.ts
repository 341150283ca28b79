import type { AccessTokenRequest } from '@hubex-kit/contract';
import type { Member } from '../../domain/member.ts';
import { done, type Result, refused } from '../../domain/refusal.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { lifetimes } from '../../domain/token-register.ts';
import type { Call, Operation } from '../operation.ts';
import { type Json, withoutEmpty } from '../outcome.ts';
import { refreshTokenOf } from './refresh-cookie.ts';
import { accessResult } from './token-result.ts';

/** B009, B021-B032, B037, B038. */
export const issueAccessToken: Operation<'issueAccessToken'> = (call) => {
  const usesCookie = call.headers['x-use-cookie']?.toLowerCase() === 'true';
  const who = authenticate(call, usesCookie);
  if (!who.ok) return { kind: 'refused', refusals: who.refusals };
  const member = call.tenant.members.get(who.value);
  if (!member) return bad('serviceToken', 'a credential of a member that still exists');
  if (!mayUseApplication(member, call.headers['x-application-id'])) return { kind: 'no-application' };

  const { tenant, now } = call;
  const refresh = tenant.tokens.issue('refresh', { memberId: member.id, seconds: lifetimes.refresh, now });
  const value = {
    ...accessResult(tenant, { memberId: member.id, now }),
    ...(usesCookie ? {} : { refresh_token: refresh.jwt }),
    ...about(member, tenant),
  };
  if (!usesCookie) return { kind: 'signed-in', value };
  return { kind: 'signed-in', value, cookie: { token: refresh.jwt, seconds: lifetimes.refresh } };
};

/** Finds the member a credential belongs to; one credential is enough. */
function authenticate(call: Call<'issueAccessToken'>, usesCookie: boolean): Result<number> {
  const { serviceToken, refreshJwt, jwt, oneTimeLoginToken }: AccessTokenRequest = call.body ?? {};
  if (serviceToken) {
    const service = call.tenant.tokens.findService(serviceToken, call.now);
    return service
      ? done(service.memberId)
      : bad('serviceToken', 'a service token of this tenant that has not expired');
  }
  const refresh = refreshJwt || jwt || (usesCookie ? refreshTokenOf(call.headers.cookie) : undefined);
  if (refresh) {
    const claims = call.tenant.tokens.find(refresh, { kind: 'refresh', now: call.now });
    if (!claims) return bad('refreshJwt', 'a refresh token that is known, unused and not expired');
    if (call.switches.refreshRotation === 'kills-old') call.tenant.tokens.forget(refresh);
    return done(claims.memberId);
  }
  if (oneTimeLoginToken) return bad('oneTimeLoginToken', 'a one-time token issued for this tenant');
  return bad('serviceToken', 'one credential: serviceToken or refreshJwt');
}

function bad(field: string, problem: string): ReturnType<typeof refused> & { readonly kind: 'refused' } {
  return { kind: 'refused', ...refused({ kind: 'malformed', field, problem }) };
}

/** A header that is sent is checked against the member's applications (B030). */
function mayUseApplication(member: Member, header: string | undefined): boolean {
  return header === undefined || member.applications.includes(Number(header));
}

/** What the reply says about the member besides the tokens (B024). */
function about(member: Member, tenant: Tenant): Json {
  const person = tenant.reference.people.get(member.userId);
  return {
    permissions: Object.fromEntries([...member.permissions].sort().map((name) => [name, null])),
    featureFlags: [],
    roleTaskAttribute: [],
    profile: withoutEmpty({
      userID: member.userId,
      firstName: person?.firstName,
      lastName: person?.lastName,
      middleName: person?.middleName,
      email: person?.email,
      mobilePhone: person?.phone,
    }),
    tenant: { id: tenant.id, name: tenant.name, fullName: tenant.fullName, uriName: tenant.uriName },
    tenantMember: {
      id: member.id,
      userID: member.userId,
      accountID: member.accountId,
      description: member.description,
    },
  };
}
