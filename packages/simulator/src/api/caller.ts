import type { OperationDefinition } from '@hubex-kit/contract/operations';
import type { Member } from '../domain/member.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { Switches } from '../generated/switches.ts';
import { readInt32 } from './scalars.ts';

/** Who calls, or why he may not. */
export type Caller =
  | { readonly kind: 'member'; readonly member: Member }
  | { readonly kind: 'unauthorised' }
  | { readonly kind: 'no-application' }
  | { readonly kind: 'no-permission'; readonly permission: string };

/** Checks token, application and permission, in this order (B007, B008, B020, B022, B043, B044). */
export function identify(
  definition: OperationDefinition,
  context: {
    headers: Readonly<Record<string, string>>;
    jwt: string;
    tenant: Tenant;
    now: number;
    switches: Pick<Switches, 'requireApplicationId'>;
  },
): Caller {
  const { headers, jwt, tenant, now, switches } = context;
  const claims = tenant.tokens.find(jwt, { kind: 'access', now });
  const member = claims && tenant.members.get(claims.memberId);
  if (!member) return { kind: 'unauthorised' };
  const application = headers['x-application-id'];
  if (application === undefined ? switches.requireApplicationId : !isApplication(application))
    return { kind: 'no-application' };
  const { permission } = definition;
  if (permission !== null && !member.permissions.has(permission)) return { kind: 'no-permission', permission };
  return { kind: 'member', member };
}

/** The bearer token of a request, or an empty string. */
export function bearerOf(headers: Readonly<Record<string, string>>): string {
  return /^Bearer\s+(\S+)$/i.exec(headers.authorization?.trim() ?? '')?.[1] ?? '';
}

/** Whether a request may go without a token: the application, if it names one, must exist (B008). */
export function isAnonymousWelcome(headers: Readonly<Record<string, string>>): boolean {
  const sent = headers['x-application-id'];
  return sent === undefined || isApplication(sent);
}

function isApplication(text: string): boolean {
  const id = readInt32(text);
  return id !== undefined && id >= 1 && id <= 6;
}
