import { describe, expect, test } from 'vitest';
import { readTarget, type Target } from './target.ts';

const read = (url: string, options: Partial<Parameters<typeof readTarget>[1]> = {}): Promise<Target> =>
  readTarget(url, { allowHosts: [], resolve: async () => ['127.0.0.1'], ...options });

describe('the secret of an address', () => {
  test.each([
    ['http://h/hook?key=abc', 'query parameter key', 'abc', '/hook?key=X', '/hook'],
    ['http://h/hook?a=1&key=abc&b=2', 'query parameter key', 'abc', '/hook?a=1&key=X&b=2', '/hook?a=1&b=2'],
    ['http://h/hook?a=1&Token=a%2Fb', 'query parameter Token', 'a/b', '/hook?a=1&Token=X', '/hook?a=1'],
    ['http://h/hook?code=1&key=2', 'query parameter key', '2', '/hook?code=1&key=X', '/hook?code=1'],
    ['http://h/hook?s=abc', 'query parameter s', 'abc', '/hook?s=X', '/hook'],
    ['http://h/a/0123456789abcdef/b', 'path segment 2', '0123456789abcdef', '/a/X/b', '/a/b'],
    ['http://h/0123456789abcdef?from=hubex', 'path segment 1', '0123456789abcdef', '/X?from=hubex', '/?from=hubex'],
    [
      'http://h/a-rather-long-name?from=0123456789abcdef',
      'query parameter from',
      '0123456789abcdef',
      '/a-rather-long-name?from=X',
      '/a-rather-long-name',
    ],
  ])('%s is in %s', async (url, place, value, replaced, removed) => {
    const { secret } = await read(url);
    expect(secret).toMatchObject({ place, value });
    expect([secret?.put('X'), secret?.put(undefined)]).toEqual([replaced, removed]);
  });

  test.each(['http://h/hook', 'http://h/', 'http://h/hook?a=1&b=2', 'http://h/hook?key='])(
    '%s has none',
    async (url) => {
      expect((await read(url)).secret).toBeUndefined();
    },
  );

  test('may be named', async () => {
    const { secret } = await read('http://h/hook?key=a&mine=b', { secretParameter: 'mine' });
    expect(secret).toMatchObject({ place: 'query parameter mine', value: 'b' });
    await expect(read('http://h/hook?key=a', { secretParameter: 'mine' })).rejects.toThrow('it has key');
  });
});

test('what is shown holds neither the secret nor any other value', async () => {
  const { shown } = await read('http://h:3000/hook/0123456789abcdef?from=me&x=y');
  expect(shown).toBe('http://h:3000/hook/***?from=***&x=***');
  expect((await read('http://h:3000/hook?key=s')).shown).toBe('http://h:3000/hook?key=***');
});

test('ports, hosts and TLS are read off the address', async () => {
  expect(await read('http://[::1]:8080/x?key=s', { resolve: async (host) => [host] })).toMatchObject({
    host: '[::1]:8080',
    hostname: '::1',
    port: 8080,
    isTls: false,
  });
  expect(await read('https://h/x?key=s')).toMatchObject({ host: 'h', port: 443, isTls: true });
  expect(await read('http://h/x?key=s')).toMatchObject({ port: 80 });
});

describe('refused as wrong use', () => {
  test.each([
    ['hook?key=1', /not a URL/],
    ['ftp://h/hook', /starts with ftp:/],
    ['http://me:secret@h/hook', /a user or a password/],
    ['http://h/hook?key=${hubex_key}', /placeholder/],
    ['http://h/${hubex_key}/hook', /placeholder/],
  ])('%s', async (url, message) => {
    const refused = read(url);
    await expect(refused).rejects.toMatchObject({ kind: 'wrong-use', message: expect.stringMatching(message) });
    await expect(refused).rejects.not.toThrow(/secret@|hubex_key/);
  });

  test('a public host, unless it is allowed', async () => {
    const resolve = async (): Promise<string[]> => ['93.184.216.34'];
    await expect(read('http://example.com/hook?key=s', { resolve })).rejects.toThrow('--allow-host example.com');
    const allowed = await read('http://example.com/hook?key=s', { resolve, allowHosts: ['Example.com'] });
    expect(allowed.addresses).toEqual(['93.184.216.34']);
  });

  test('a host with a public address among private ones', async () => {
    const resolve = async (): Promise<string[]> => ['10.0.0.1', '93.184.216.34'];
    await expect(read('http://example.com/hook', { resolve })).rejects.toThrow('--allow-host');
  });

  test('a metadata address, allowed or not', async () => {
    const resolve = async (host: string): Promise<string[]> => [host];
    const options = { resolve, allowHosts: ['169.254.169.254'] };
    await expect(read('http://169.254.169.254/hook', options)).rejects.toThrow(/metadata address/);
  });
});

test('a host nobody knows is unreachable', async () => {
  const resolve = async (): Promise<string[]> => Promise.reject(new Error('ENOTFOUND'));
  await expect(read('http://nowhere/hook', { resolve })).rejects.toMatchObject({ kind: 'unreachable' });
});
