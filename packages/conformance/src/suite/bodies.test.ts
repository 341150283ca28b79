import { expect } from 'vitest';
import { conformance } from '../harness/conformance.ts';

const asset = { name: 'Чиллер', companyID: 1, assetTypeID: 4, assetClassID: 1, parentID: 101 };

conformance('bodies', (behaviour) => {
  behaviour('B070 keys lists by id', async (hubex) => {
    await hubex.hook();
    for (const path of [
      '/ES/Assets',
      '/MSG/Webhooks',
      '/COMMON/Events',
      '/ES/Assets/root',
      '/ES/Assets/101/assets',
      '/ES/Assets/101/assets/all',
    ]) {
      for (const [key, row] of Object.entries<{ id: number }>((await hubex.expect(200, `GET ${path}`)).json))
        expect(key).toBe(String(row.id));
    }
  });
  behaviour('B071 leaves empty properties out', async (hubex) => {
    const id = await hubex.create();
    const { json, text } = await hubex.expect(200, `GET /ES/Assets/${id}`);
    for (const name of ['deleted', 'published', 'publishedBy', 'notes', 'warrantyTill', 'erpID'])
      expect(json).not.toHaveProperty(name);
    expect(text).not.toContain('null');
    expect((await hubex.expect(200, 'GET /ES/Assets')).text).not.toContain('null');
  });
  behaviour('B072 B073 matches property names in any case and ignores unknown ones', async (hubex) => {
    const body = {
      NAME: 'Лифт',
      CompanyId: 1,
      ASSETTYPEID: 3,
      assetclassid: 1,
      checkListID: 7,
      PositionOnSchema: { X: 4, schemaid: 2 },
    };
    const reply = await hubex.expect(201, 'POST /ES/Assets', body);
    expect(reply.headers['x-hubex-mock-warning']).toMatch(/B073.*checkListID/);
    const { json } = await hubex.expect(200, `GET /ES/Assets/${reply.json.id}`);
    expect(json).toMatchObject({
      name: 'Лифт',
      company: { id: 1 },
      assetType: { id: 3 },
      positionOnSchema: { schemaID: 2, x: 4, isNotSet: true },
    });
  });
  behaviour('B074 B075 sends times without a zone and reads them with or without one', async (hubex) => {
    const times = {
      '2027-01-02T03:04:05Z': '2027-01-02T03:04:05',
      '2027-01-02T03:04:05': '2027-01-02T03:04:05',
      '2027-01-02T03:04:05+03:00': '2027-01-02T00:04:05',
      '2027-01-02': '2027-01-02T00:00:00',
    };
    for (const [sent, shown] of Object.entries(times)) {
      const id = await hubex.create({ warrantyTill: sent });
      expect((await hubex.expect(200, `GET /ES/Assets/${id}`)).json.warrantyTill, sent).toBe(shown);
    }
  });
  behaviour('B076 writes coordinates as latitude:longitude', async (hubex) => {
    expect((await hubex.expect(200, 'GET /ES/Assets/101')).json.location.coordinate).toMatch(/^\d{2}\.\d+:\d{2}\.\d+$/);
  });
  behaviour('B078 answers 409 InvalidData to a wrong type in ES', async (hubex) => {
    for (const wrong of [
      { name: 5 },
      { companyID: '1' },
      { companyID: 1.5 },
      { companyID: 2_147_483_648 },
      { isMobileAsset: 'yes' },
      { warrantyTill: 'soon' },
      { positionOnSchema: [] },
    ]) {
      const reply = await hubex.expect(409, 'POST /ES/Assets', { ...asset, ...wrong });
      expect(reply.json[0].code).toBe('InvalidData');
    }
    await hubex.expect(409, 'PUT /ES/Assets/101', [asset]);
    await hubex.expect(409, 'PUT /ES/Assets', { assets: 'all' });
    await hubex.expect(409, 'DELETE /ES/Assets', { assets: [101] });
    await hubex.expect(409, 'DELETE /ES/Assets', ['101']);
  });
  behaviour('B079 answers 400 InvalidData to a wrong type elsewhere', async (hubex) => {
    for (const [what, body] of [
      ['POST /MSG/Webhooks', { name: 'no array' }],
      ['POST /MSG/Webhooks', [{ name: 7 }]],
      ['PUT /MSG/Webhooks/activate', ['1']],
      ['POST /ADM/Tenants/this/variables', [{ name: 'k' }]],
      ['POST /AUTHZ/ServiceTokens', 12],
    ] as const) {
      expect((await hubex.expect(400, what, body)).json[0].code).toBe('InvalidData');
    }
  });
  behaviour('B080 answers ParameterNull to a missing body', async (hubex) => {
    expect((await hubex.expect(409, 'POST /ES/Assets')).json[0].code).toBe('ParameterNull');
    expect((await hubex.expect(400, 'POST /MSG/Webhooks')).json[0].code).toBe('ParameterNull');
    expect((await hubex.expect(409, 'DELETE /ES/Assets', undefined, { raw: 'null' })).json[0].code).toBe(
      'ParameterNull',
    );
  });
  behaviour('B081 ignores unknown query parameters and says so in the mock', async (hubex) => {
    const reply = await hubex.expect(200, 'GET /ES/Assets?compnyID=1&%D0%B8%D0%BC%D1%8F=x');
    expect(Object.keys(reply.json)).toHaveLength(40);
    expect(reply.headers['x-hubex-mock-warning']).toMatch(/B081 .*compnyID.*; B081 /);
  });
  behaviour('B082 answers 409 InvalidData to a known parameter of the wrong type', async (hubex) => {
    for (const query of [
      'companyID=abc',
      'isPublished=maybe',
      'warrantyFrom=soon',
      'includePath=2',
      'companyID=99999999999',
    ]) {
      expect((await hubex.expect(409, `GET /ES/Assets?${query}`)).json[0].code).toBe('InvalidData');
    }
    await hubex.expect(200, 'GET /ES/Assets?companyID=');
  });
  behaviour('B083 ignores a filter that names nothing', async (hubex) => {
    const reply = await hubex.expect(200, 'GET /ES/Assets?companyID=777777');
    expect(Object.keys(reply.json)).toHaveLength(40);
    expect(reply.headers['x-hubex-mock-warning']).toMatch(/B083/);
  });
  behaviour(
    'B083 finds nothing for such a filter when told so',
    async (hubex) => {
      await hubex.expect(204, 'GET /ES/Assets?companyID=777777');
    },
    { switches: { filterOutsideDomain: 'empty' } },
  );
  behaviour('B084 answers changes with 202 and no body', async (hubex) => {
    const id = await hubex.create();
    for (const what of [`PUT /ES/Assets/${id}/publish`, `PUT /ES/Assets/${id}/unpublish`, `DELETE /ES/Assets/${id}`]) {
      expect((await hubex.expect(202, what)).text).toBe('');
    }
  });
  behaviour('B085 answers 204 to an id that does not exist', async (hubex) => {
    expect((await hubex.expect(204, 'GET /ES/Assets/999999')).text).toBe('');
    expect((await hubex.expect(204, 'GET /MSG/Webhooks/999999')).text).toBe('');
  });
});
