import { expect } from 'vitest';
import { conformance } from '../harness/conformance.ts';

conformance('routing', (behaviour) => {
  behaviour('B001 answers at {SERVICE}/{path} below the base address', async (hubex) => {
    const services = ['COMMON/Events', 'MSG/Webhooks', 'ES/Assets', 'ADM/Tenants/this/variables'];
    for (const path of services) expect((await hubex.send(`GET /${path}`)).status).toBeLessThan(300);
  });
  behaviour('B002 matches route segments without regard to case', async (hubex) => {
    await hubex.expect(200, 'GET /es/aSSets/101');
  });
  behaviour('B003 tolerates a trailing slash', async (hubex) => {
    await hubex.expect(200, 'GET /ES/Assets/101/');
  });
  behaviour('B004 answers 404 to an id that is no 32-bit integer', async (hubex) => {
    for (const id of ['abc', '1.5', '2147483648', '-2147483649', '%20']) {
      await hubex.expect(404, `GET /ES/Assets/${id}`);
      await hubex.expect(404, `GET /MSG/Webhooks/${id}`);
    }
  });
  behaviour('B005 answers 404 without a body to an unknown route', async (hubex) => {
    for (const path of ['/ES/Nothing', '/NOPE/Assets', '/', '/ES/Assets/101/nothing', '/ES/Assets/%E0%A4%A']) {
      expect((await hubex.expect(404, `GET ${path}`)).text).toBe('');
    }
  });
  behaviour('B006 answers 405 without a body to a method the route does not have', async (hubex) => {
    expect((await hubex.expect(405, 'DELETE /COMMON/Events')).text).toBe('');
    expect((await hubex.expect(405, 'PATCH /ES/Assets/101', {})).text).toBe('');
  });
  behaviour('B045 leaves human log-in out', async (hubex) => {
    await hubex.expect(404, 'POST /AUTHZ/Accounts/authorize', { tenantID: 105, tenantMemberID: 11 });
  });
});
