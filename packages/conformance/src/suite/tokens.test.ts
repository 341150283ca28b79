import { expect } from 'vitest';
import { conformance } from '../harness/conformance.ts';
import { type Hubex, type JsonReply, startTime } from '../harness/hubex.ts';

const nobody = { as: 'nobody' } as const;
const second = 1000;

function claims(jwt: string): Record<string, number> {
  return JSON.parse(atob((jwt.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));
}

async function issue(hubex: Hubex, body: object, headers: Record<string, string> = {}): Promise<JsonReply> {
  return hubex.send('POST /AUTHZ/AccessTokens', body, { ...nobody, headers });
}

/** Status of a read with this token. */
async function readWith(hubex: Hubex, token: string): Promise<number> {
  return (
    await hubex.send('GET /ES/Assets/101', undefined, { ...nobody, headers: { Authorization: `Bearer ${token}` } })
  ).status;
}

conformance('tokens', (behaviour) => {
  behaviour('B020 answers 401 without a body to a missing, malformed or unknown token', async (hubex) => {
    for (const headers of [
      {},
      { Authorization: 'Basic abc' },
      { Authorization: 'Bearer' },
      { Authorization: 'Bearer a.b.c' },
    ]) {
      expect((await hubex.expect(401, 'GET /ES/Assets/101', undefined, { ...nobody, headers })).text).toBe('');
    }
  });
  behaviour('B021 issues a JWT of 1800 seconds', async (hubex) => {
    const { json } = await issue(hubex, { serviceToken: 'demo-service-token' });
    expect(json.expires_in).toBe(1800);
    expect(claims(json.access_token).exp).toBe(startTime / 1000 + 1800);
    expect(json.jwtValidTill).toBe('2026-03-02T08:45:40');
  });
  behaviour('B022 accepts a token up to five minutes after its end', async (hubex) => {
    const token = await hubex.token('admin');
    hubex.clock.advance((1800 + 107) * second);
    expect(await readWith(hubex, token)).toBe(200);
    hubex.clock.advance((360 - 107) * second);
    expect(await readWith(hubex, token)).toBe(401);
  });
  behaviour('B023 issues an access token for a service token alone', async (hubex) => {
    const { status, json } = await issue(hubex, { serviceToken: 'demo-service-token' });
    expect(status).toBe(200);
    expect(await readWith(hubex, json.access_token)).toBe(200);
  });
  behaviour('B024 tells profile, tenant, member and permissions', async (hubex) => {
    const { json } = await issue(hubex, { serviceToken: 'demo-service-token' });
    expect(json.tenant).toMatchObject({ id: 105, name: expect.any(String) });
    expect(json.tenantMember).toMatchObject({ id: 11, userID: json.profile.userID });
    expect(Object.keys(json.permissions)).toContain('AssetsList');
  });
  behaviour('B025 takes a refresh token as refreshJwt and as jwt', async (hubex) => {
    const refresh = async (): Promise<string> =>
      (await hubex.expect(200, 'GET /AUTHZ/RefreshTokens')).json.refresh_token;
    expect((await issue(hubex, { refreshJwt: await refresh() })).status).toBe(200);
    expect((await issue(hubex, { jwt: await refresh() })).status).toBe(200);
  });
  behaviour('B026 is not disturbed by an accessJwt beside the credential', async (hubex) => {
    expect(
      (await issue(hubex, { serviceToken: 'demo-service-token', accessJwt: await hubex.token('admin') })).status,
    ).toBe(200);
  });
  behaviour('B027 answers 400 to a request without a credential', async (hubex) => {
    for (const body of [{}, { serviceToken: null }, { serviceToken: '' }])
      expect((await issue(hubex, body)).status).toBe(400);
    await hubex.expect(400, 'POST /AUTHZ/AccessTokens', undefined, nobody);
  });
  behaviour('B028 answers 400 to an unknown or expired credential and does not repeat it', async (hubex) => {
    const unknown = await issue(hubex, { serviceToken: 'secret-that-is-wrong' });
    expect(unknown.status).toBe(400);
    expect(unknown.text).not.toContain('secret-that-is-wrong');
    hubex.clock.advance(731 * 86_400 * second);
    expect((await issue(hubex, { serviceToken: 'demo-service-token' })).status).toBe(400);
  });
  behaviour('B029 matches property names without regard to case', async (hubex) => {
    expect((await issue(hubex, { ServiceToken: 'demo-service-token' })).status).toBe(200);
  });
  behaviour('B030 answers 403 when the member has no right to the application', async (hubex) => {
    const [{ token: serviceToken }] = (await hubex.expect(201, 'POST /AUTHZ/ServiceTokens', [12])).json;
    expect((await issue(hubex, { serviceToken }, { 'X-Application-ID': '4' })).status).toBe(403);
    expect((await issue(hubex, { serviceToken }, { 'X-Application-ID': '5' })).status).toBe(200);
  });
  behaviour('B031 moves the refresh token into an HttpOnly cookie', async (hubex) => {
    const first = await issue(hubex, { serviceToken: 'demo-service-token' }, { 'X-Use-Cookie': 'true' });
    expect(first.json).not.toHaveProperty('refresh_token');
    const cookie = first.headers['set-cookie'] ?? '';
    expect(cookie).toMatch(/^RefreshTokenCookie=[^;]+;.*HttpOnly/);
    const headers = { 'X-Use-Cookie': 'true', Cookie: cookie.split(';')[0] ?? '' };
    expect((await issue(hubex, {}, headers)).status).toBe(200);
  });
  behaviour('B032 answers 400 to an unknown one-time token', async (hubex) => {
    expect((await issue(hubex, { oneTimeLoginToken: 'x', tenantID: 105 })).status).toBe(400);
  });
  behaviour('B033 creates a refresh token of a year with an empty access_token', async (hubex) => {
    const { json } = await hubex.expect(200, 'POST /AUTHZ/RefreshTokens', {});
    expect(json).toMatchObject({ access_token: '', expires_in: 31_536_000, refresh_token: expect.any(String) });
  });
  behaviour('B034 reads validity as a time span or as days', async (hubex) => {
    const seconds = async (validity: string): Promise<number> =>
      (await hubex.expect(200, 'POST /AUTHZ/RefreshTokens', { validity })).json.expires_in;
    expect(await seconds('30.00:00:00')).toBe(30 * 86_400);
    expect(await seconds('999')).toBe(999 * 86_400);
    expect(await seconds('12:30:00')).toBe(45_000);
    for (const validity of ['soon', '-1', '25:00:00', '0'])
      await hubex.expect(400, 'POST /AUTHZ/RefreshTokens', { validity });
  });
  behaviour('B035 gives a refresh token of default validity on GET', async (hubex) => {
    expect((await hubex.expect(200, 'GET /AUTHZ/RefreshTokens')).json.expires_in).toBe(31_536_000);
  });
  behaviour('B036 gives no refresh token for a dead access token', async (hubex) => {
    const headers = { Authorization: `Bearer ${await hubex.token('admin')}` };
    hubex.clock.advance(2160 * second);
    await hubex.expect(401, 'GET /AUTHZ/RefreshTokens', undefined, { ...nobody, headers });
    await hubex.expect(401, 'POST /AUTHZ/RefreshTokens', {}, { ...nobody, headers });
  });
  behaviour('B037 B038 exchanges a refresh token for another one and kills the old one', async (hubex) => {
    const refreshJwt = (await hubex.expect(200, 'GET /AUTHZ/RefreshTokens')).json.refresh_token;
    const exchanged = await issue(hubex, { refreshJwt });
    expect(exchanged.json.refresh_token).not.toBe(refreshJwt);
    expect((await issue(hubex, { refreshJwt })).status).toBe(400);
    expect((await issue(hubex, { refreshJwt: exchanged.json.refresh_token })).status).toBe(200);
  });
  behaviour(
    'B038 keeps the old refresh token alive when told so',
    async (hubex) => {
      const refreshJwt = (await hubex.expect(200, 'GET /AUTHZ/RefreshTokens')).json.refresh_token;
      expect((await issue(hubex, { refreshJwt })).status).toBe(200);
      expect((await issue(hubex, { refreshJwt })).status).toBe(200);
    },
    { switches: { refreshRotation: 'keeps-old' } },
  );
  behaviour('B039 renews an access token for the same member', async (hubex) => {
    const { json } = await hubex.expect(200, 'POST /AUTHZ/Tokens/renew', undefined, { as: 'reader' });
    expect(claims(json.access_token).TenantMemberID).toBe(12);
    await hubex.expect(401, 'POST /AUTHZ/Tokens/renew', undefined, nobody);
  });
  behaviour('B040 issues service tokens for members and 204 for nobody', async (hubex) => {
    expect((await hubex.expect(201, 'POST /AUTHZ/ServiceTokens', [12, 13, 999])).json).toHaveLength(2);
    await hubex.expect(204, 'POST /AUTHZ/ServiceTokens', [999]);
  });
  behaviour('B041 makes service tokens of two 11-character parts that live 730 days', async (hubex) => {
    const [issued] = (await hubex.expect(201, 'POST /AUTHZ/ServiceTokens', [12])).json;
    expect(issued.token).toMatch(/^[A-Za-z0-9]{11}\.[A-Za-z0-9]{11}$/);
    expect(Date.parse(`${issued.validTill}Z`) - Date.parse(`${issued.created}Z`)).toBe(730 * 86_400 * second);
  });
  behaviour('B042 refuses service tokens after they were revoked', async (hubex) => {
    const [{ token: serviceToken }] = (await hubex.expect(201, 'POST /AUTHZ/ServiceTokens', [12])).json;
    expect((await issue(hubex, { serviceToken })).status).toBe(200);
    expect((await hubex.expect(202, 'DELETE /AUTHZ/ServiceTokens', [12])).text).toBe('');
    expect((await issue(hubex, { serviceToken })).status).toBe(400);
  });
  behaviour('B043 answers 403 AccessDenied to a member without the permission', async (hubex) => {
    const denied = await hubex.expect(403, 'DELETE /ES/Assets/101', undefined, { as: 'reader' });
    expect(denied.json[0].code).toBe('AccessDenied');
    expect(denied.headers['x-application-errors']).toBe('AccessDenied');
    await hubex.expect(403, 'POST /AUTHZ/ServiceTokens', [11], { as: 'reader' });
  });
  behaviour('B044 opens nothing but the token request to anonymous callers', async (hubex) => {
    for (const what of [
      'GET /COMMON/Events',
      'GET /MSG/Webhooks',
      'GET /ES/Assets',
      'GET /ADM/Tenants/this/variables',
      'HEAD /ES/Assets',
    ]) {
      await hubex.expect(401, what, undefined, nobody);
    }
  });
});
