import { expect } from 'vitest';
import { conformance } from '../harness/conformance.ts';

const withoutApplication = { without: ['X-Application-ID'] };

conformance('headers', (behaviour) => {
  behaviour('B007 answers 403 to a call without X-Application-ID', async (hubex) => {
    await hubex.expect(403, 'GET /ES/Assets/101', undefined, withoutApplication);
  });
  behaviour(
    'B007 takes calls without X-Application-ID when told so',
    async (hubex) => {
      await hubex.expect(200, 'GET /ES/Assets/101', undefined, withoutApplication);
    },
    { switches: { requireApplicationId: false } },
  );
  behaviour('B008 answers 403 with an empty body to an application outside 1 to 6', async (hubex) => {
    for (const id of ['0', '7', 'five', '']) {
      const reply = await hubex.expect(403, 'GET /ES/Assets/101', undefined, { headers: { 'X-Application-ID': id } });
      expect(reply.text).toBe('');
    }
  });
  behaviour('B009 issues an access token without X-Application-ID', async (hubex) => {
    await hubex.expect(
      200,
      'POST /AUTHZ/AccessTokens',
      { serviceToken: 'demo-service-token' },
      { as: 'nobody', ...withoutApplication },
    );
  });
  behaviour('B010 matches header names without regard to case', async (hubex) => {
    await hubex.expect(200, 'GET /ES/Assets/101', undefined, {
      ...withoutApplication,
      headers: { 'X-APPLICATION-ID': '3' },
    });
  });
  behaviour('B011 opens every reply to other origins', async (hubex) => {
    for (const path of ['/ES/Assets/101', '/ES/Nothing', '/ES/Assets/abc']) {
      expect((await hubex.send(`GET ${path}`)).headers['access-control-allow-origin']).toBe('*');
    }
  });
  behaviour('B012 reads the four JSON content types and refuses others with 415', async (hubex) => {
    for (const type of [
      'application/json',
      'text/json',
      'application/json-patch+json',
      'application/vnd.own+json; charset=utf-8',
    ]) {
      await hubex.expect(202, 'PUT /MSG/Webhooks/activate', [1], { headers: { 'Content-Type': type } });
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      await hubex.expect(415, 'PUT /MSG/Webhooks/activate', [1], { headers: { 'Content-Type': type } });
    }
  });
  behaviour('B013 sends JSON in UTF-8', async (hubex) => {
    const reply = await hubex.expect(200, 'GET /COMMON/Events');
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(reply.text).toContain('Создание объекта');
  });
  behaviour('B014 B015 sends an array of error models and their code in X-Application-Errors', async (hubex) => {
    const reply = await hubex.expect(409, 'POST /ES/Assets', { companyID: 1, assetTypeID: 4, assetClassID: 1 });
    expect(reply.json).toEqual([
      expect.objectContaining({
        code: 'InvalidData',
        message: expect.any(String),
        traceIdentifier: expect.any(String),
      }),
    ]);
    expect(reply.headers['x-application-errors']).toBe('InvalidData');
  });
  behaviour('B016 does not limit calls by default', async (hubex) => {
    for (let call = 0; call < 80; call++) await hubex.expect(200, 'GET /ES/Assets/101');
  });
  behaviour(
    'B016 answers 429 with Retry-After above a limit, until the minute is over',
    async (hubex) => {
      await hubex.expect(200, 'GET /ES/Assets/101');
      await hubex.expect(200, 'GET /ES/Assets/101');
      expect((await hubex.expect(429, 'GET /ES/Assets/101')).headers['retry-after']).toBe('20');
      hubex.clock.advance(20_000);
      await hubex.expect(200, 'GET /ES/Assets/101');
    },
    { switches: { rateLimitPerMinute: 2 } },
  );
  behaviour('B017 speaks Russian, or English when Accept-Language asks for it', async (hubex) => {
    const names = async (language?: string): Promise<string> =>
      (
        await hubex.expect(200, 'GET /COMMON/Events', undefined, {
          headers: language ? { 'Accept-Language': language } : {},
        })
      ).json['40'].name;
    expect(await names()).toBe('Создание объекта');
    expect(await names('ru-RU')).toBe('Создание объекта');
    expect(await names('en')).toBe('Asset created');
    const message = async (language: string): Promise<string> =>
      (
        await hubex.expect(
          409,
          'POST /ES/Assets',
          { companyID: 1, assetTypeID: 4, assetClassID: 1 },
          { headers: { 'Accept-Language': language } },
        )
      ).json[0].message;
    expect(await message('en-US')).toMatch(/required/);
    expect(await message('ru-RU')).toMatch(/обязательно/);
  });
  behaviour('B018 answers 413 to a body above one mebibyte', async (hubex) => {
    await hubex.expect(413, 'POST /ES/Assets', undefined, { raw: JSON.stringify({ name: 'x'.repeat(1_048_577) }) });
  });
  behaviour('B019 answers 400 InvalidData to a body that is not JSON', async (hubex) => {
    for (const raw of ['{"name":', 'name=1', '\u0000', '{]}']) {
      const reply = await hubex.expect(400, 'POST /ES/Assets', undefined, { raw });
      expect(reply.json[0].code).toBe('InvalidData');
      expect(reply.text).not.toMatch(/\bat \S+:\d+/);
    }
  });
});
