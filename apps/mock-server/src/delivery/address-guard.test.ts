import type { LookupAddress } from 'node:dns';
import { describe, expect, test } from 'vitest';
import { guardedLookup, isLoopback, type Resolver, refusal } from './address-guard.ts';

const forbidden = /is a link-local or metadata address; deliveries never go there/;
const publicOnly =
  /is neither loopback nor private; allow it with --allow-host \S+, or all with --allow-public-delivery/;

test.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1'])('%s is loopback', (address) => {
  expect(isLoopback(address)).toBe(true);
});

test.each(['128.0.0.1', '::2', 'localhost', '', '::ffff:8.8.8.8'])('%j is not loopback', (address) => {
  expect(isLoopback(address)).toBe(false);
});

test.each(['127.0.0.1', '::1', '10.1.2.3', '172.31.0.1', '192.168.1.1', 'fd12::1', '::ffff:10.0.0.1'])(
  'deliveries may go to %s',
  (address) => {
    expect(refusal(address, { hostname: 'name', allowPublic: false })).toBeUndefined();
  },
);

test.each(['8.8.8.8', '172.32.0.1', '192.0.2.1', '2001:db8::1', '0.0.0.0', '::', '::ffff:8.8.8.8', '100.64.0.1'])(
  'deliveries go to %s only when public addresses are allowed',
  (address) => {
    expect(refusal(address, { hostname: 'name', allowPublic: false })).toMatch(publicOnly);
    expect(refusal(address, { hostname: 'name', allowPublic: true })).toBeUndefined();
  },
);

test('deliveries go to the public hosts that are named, by name or address, and to no others', () => {
  const rule = { allowPublic: false, allowHosts: new Set(['hooks.example.org', '8.8.8.8']) };
  expect(refusal('8.8.4.4', { hostname: 'Hooks.Example.org', ...rule })).toBeUndefined();
  expect(refusal('8.8.8.8', { hostname: '8.8.8.8', ...rule })).toBeUndefined();
  expect(refusal('8.8.8.8', { hostname: 'example.org', ...rule })).toMatch(publicOnly);
  expect(refusal('169.254.169.254', { hostname: 'hooks.example.org', ...rule })).toMatch(forbidden);
});

test.each([
  '169.254.169.254',
  '169.254.0.1',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  'fe80::1',
  'fd00:ec2::254',
  'fd20:ce::254',
  '64:ff9b::a9fe:a9fe',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
])('deliveries never go to %s', (address) => {
  for (const allowPublic of [false, true])
    expect(refusal(address, { hostname: 'name', allowPublic })).toMatch(forbidden);
});

describe('a lookup', () => {
  const found =
    (...addresses: string[]): Resolver =>
    (_hostname, _options, callback) =>
      callback(
        null,
        addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
  const look = (resolve: Resolver, { all = true, allowPublic = false } = {}): Promise<unknown> =>
    new Promise((settle) =>
      guardedLookup({ allowPublic }, resolve)('receiver.example', { all }, (error, address, family) =>
        settle(error ? error.message : family === undefined ? address : [address, family]),
      ),
    );

  test('gives what was found when all of it is allowed', async () => {
    expect(await look(found('10.0.0.1', '::1'))).toEqual([
      { address: '10.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
    expect(await look(found('10.0.0.1', '::1'), { all: false })).toEqual(['10.0.0.1', 4]);
  });

  test('refuses a name when one of its addresses is not allowed', async () => {
    expect(await look(found('127.0.0.1', '8.8.8.8'))).toMatch(publicOnly);
    expect(await look(found('8.8.8.8', '169.254.169.254'), { allowPublic: true })).toMatch(forbidden);
    expect(await look(found('8.8.8.8'), { allowPublic: true })).toEqual([{ address: '8.8.8.8', family: 4 }]);
  });

  test('says when a name has no address, and hands on why it was not found', async () => {
    expect(await look(found())).toBe('receiver.example has no address');
    expect(await look((_hostname, _options, callback) => callback(new Error('ENOTFOUND'), []))).toBe('ENOTFOUND');
  });
});
