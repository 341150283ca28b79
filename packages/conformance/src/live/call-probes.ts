import type { LiveReply } from './live-hubex.ts';
import { found, objectOf, type Probe } from './probe.ts';

const list = '/ES/Assets';
const isJson = ({ text }: LiveReply): boolean => text.trim() !== '';

/** Routes, headers and tokens. */
export const callProbes: readonly Probe[] = [
  {
    numbers: ['B002'],
    async look(hubex) {
      const { status } = await hubex.send('GET /common/events');
      return found(status === 200 || status === 206, `GET /common/events answers ${status}`);
    },
  },
  {
    numbers: ['B003'],
    async look(hubex) {
      const { status } = await hubex.send('GET /COMMON/Events/');
      return found(status === 200 || status === 206, `with a slash at the end ${status}`);
    },
  },
  {
    numbers: ['B004'],
    async look(hubex) {
      const { status } = await hubex.send(`GET ${list}/abc`);
      return found(status === 404, `an id of letters answers ${status}`);
    },
  },
  {
    numbers: ['B005'],
    async look(hubex) {
      const reply = await hubex.send('GET /ES/NoSuchThing');
      return found(reply.status === 404 && !isJson(reply), `${reply.status}, ${reply.text.length} characters`);
    },
  },
  {
    numbers: ['B007'],
    async look(hubex) {
      const headers = { authorization: `Bearer ${await hubex.token()}` };
      const { status } = await hubex.send('GET /COMMON/Events', { bare: true, headers });
      return found(status === 403, `without X-Application-ID ${status}`);
    },
  },
  {
    numbers: ['B008'],
    async look(hubex) {
      const { status } = await hubex.send('GET /COMMON/Events', { headers: { 'x-application-id': '99' } });
      return found(status === 403, `X-Application-ID 99 answers ${status}`);
    },
  },
  {
    numbers: ['B009', 'B023'],
    async look(hubex) {
      const { status } = await hubex.issue({ serviceToken: hubex.serviceToken });
      return found(status === 200, `a token without X-Application-ID: ${status}`);
    },
  },
  {
    numbers: ['B011'],
    async look(hubex) {
      const { headers } = await hubex.send('GET /COMMON/Events');
      const origin = headers.get('access-control-allow-origin');
      return found(origin === '*', `Access-Control-Allow-Origin is ${origin}`);
    },
  },
  {
    numbers: ['B020'],
    async look(hubex) {
      const headers = { authorization: 'Bearer not-a-token', 'x-application-id': '5' };
      const reply = await hubex.send('GET /COMMON/Events', { bare: true, headers });
      return found(reply.status === 401 && !isJson(reply), `${reply.status}, ${reply.text.length} characters`);
    },
  },
  {
    numbers: ['B021'],
    async look(hubex) {
      const { text } = await hubex.issue({ serviceToken: hubex.serviceToken }, { 'x-application-id': '5' });
      const { expires_in, jwtValidTill } = objectOf(text);
      return found(expires_in === 1800 && typeof jwtValidTill === 'string', `expires_in ${String(expires_in)}`);
    },
  },
  {
    numbers: ['B024'],
    async look(hubex) {
      const { text } = await hubex.issue({ serviceToken: hubex.serviceToken }, { 'x-application-id': '5' });
      const names = Object.keys(objectOf(text));
      const wanted = ['profile', 'tenant', 'tenantMember', 'permissions'];
      return found(
        wanted.every((name) => names.includes(name)),
        `fields ${names.join(', ')}`,
      );
    },
  },
  {
    numbers: ['B027'],
    async look(hubex) {
      const { status } = await hubex.issue({}, { 'x-application-id': '5' });
      return found(status === 400, `no credential: ${status}`);
    },
  },
  {
    numbers: ['B028'],
    async look(hubex) {
      const { status } = await hubex.issue({ serviceToken: 'AAAAAAAAAAA.AAAAAAAAAAA' }, { 'x-application-id': '5' });
      return found(status === 400, `an unknown service token: ${status}`);
    },
  },
  {
    numbers: ['B029'],
    async look(hubex) {
      const { status } = await hubex.issue({ ServiceToken: hubex.serviceToken }, { 'x-application-id': '5' });
      return found(status === 200, `ServiceToken with a capital: ${status}`);
    },
  },
];
