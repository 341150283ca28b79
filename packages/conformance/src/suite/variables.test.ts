import { expect } from 'vitest';
import { conformance } from '../harness/conformance.ts';

const path = '/ADM/Tenants/this/variables';

conformance('variables', (behaviour) => {
  behaviour('B220 creates variables and lists them by name', async (hubex) => {
    const created = await hubex.expect(201, `POST ${path}`, [
      { name: 'hook_key', value: 'abc', description: 'Ключ' },
      { name: 'b', value: '1' },
    ]);
    expect(created.text).toBe('');
    expect((await hubex.expect(200, `GET ${path}`)).json).toEqual({
      b: { value: '1' },
      hook_key: { value: 'abc', description: 'Ключ' },
    });
  });
  behaviour('B221 refuses names, values and descriptions outside their limits', async (hubex) => {
    for (const wrong of [
      { name: '', value: 'v' },
      { name: 'x'.repeat(33), value: 'v' },
      { name: 'a/b', value: 'v' },
      { name: 'k', value: '' },
      { name: 'k', value: 'v'.repeat(129) },
      { name: 'k', value: 'v', description: 'd'.repeat(257) },
      { name: 'k' },
    ]) {
      await hubex.expect(400, `POST ${path}`, [wrong]);
      await hubex.expect(400, `PUT ${path}`, [wrong]);
    }
    await hubex.expect(201, `POST ${path}`, [
      { name: 'x'.repeat(32), value: 'я'.repeat(128), description: 'd'.repeat(256) },
    ]);
  });
  behaviour('B222 changes variables', async (hubex) => {
    await hubex.expect(201, `POST ${path}`, [{ name: 'k', value: 'old' }]);
    expect((await hubex.expect(202, `PUT ${path}`, [{ name: 'k', value: 'new' }])).text).toBe('');
    expect((await hubex.expect(200, `GET ${path}`)).json.k.value).toBe('new');
  });
  behaviour('B223 deletes variables singly and several at once', async (hubex) => {
    await hubex.expect(
      201,
      `POST ${path}`,
      ['a', 'b', 'c', 'd e'].map((name) => ({ name, value: name })),
    );
    await hubex.expect(202, `DELETE ${path}/d%20e`);
    await hubex.expect(202, `DELETE ${path}`, ['a', 'b']);
    expect(Object.keys((await hubex.expect(200, `GET ${path}`)).json)).toEqual(['c']);
  });
  behaviour('B224 refuses to create what exists and to change what does not, all or nothing', async (hubex) => {
    await hubex.expect(201, `POST ${path}`, [{ name: 'k', value: '1' }]);
    const twice = await hubex.expect(400, `POST ${path}`, [
      { name: 'new', value: '2' },
      { name: 'k', value: '2' },
    ]);
    expect(twice.json[0].code).toBe('AlreadyDone');
    const unknown = await hubex.expect(400, `PUT ${path}`, [
      { name: 'k', value: '2' },
      { name: 'nope', value: '2' },
    ]);
    expect(unknown.json[0].code).toBe('NotFound');
    expect((await hubex.expect(200, `GET ${path}`)).json).toEqual({ k: { value: '1' } });
    await hubex.expect(202, `DELETE ${path}/nope`);
  });
  behaviour('B225 lets any member of the tenant at the variables', async (hubex) => {
    await hubex.expect(204, `GET ${path}`, undefined, { as: 'reader' });
    await hubex.expect(401, `GET ${path}`, undefined, { as: 'nobody' });
  });
});
