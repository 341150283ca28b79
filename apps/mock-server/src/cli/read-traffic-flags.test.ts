import { expect, test } from 'vitest';
import { LoadError } from '../load/load-error.ts';
import { readTrafficFlags } from './read-traffic-flags.ts';
import type { TrafficFlags } from './traffic-command.ts';

const flags: TrafficFlags = {
  ...{ to: 'http://127.0.0.1:3000/hook?key=top-secret', rate: '50/s', for: '10m', mix: '40:10,41:70.5' },
  ...{ arrivals: 'even', connections: '64', timeout: '30s', seed: '1', allowHost: [], json: false, quiet: false },
};

test('reads what was typed', () => {
  const { to, plan, timeoutMs } = readTrafficFlags(flags);
  expect(to.origin).toBe('http://127.0.0.1:3000');
  expect(plan).toEqual({
    ...{ rate: '50/s', for: '10m', mix: { 40: 10, 41: 70.5 } },
    ...{ connections: 64, arrivals: 'even', seed: 1 },
  });
  expect(timeoutMs).toBe(30_000);
});

test.each<[string, Partial<TrafficFlags>, RegExp]>([
  ['an address that is none', { to: 'hook?key=top-secret' }, /^--to takes an address such as/],
  ['another protocol', { to: 'ftp://127.0.0.1/' }, /^--to takes an address such as/],
  ['a rate without a unit', { rate: '50' }, /^--rate takes a rate such as 50\/s.*it was "50"/],
  ['a rate of nothing', { rate: '0/s' }, /^--rate/],
  ['a rate beyond one process', { rate: '20001/s' }, /at most 20000\/s/],
  ['an unknown event', { mix: '41:1,45:1' }, /^--mix takes events 40 to 44 with weights.*it was "45:1"/],
  ['an event twice', { mix: '41:1,41:2' }, /^--mix names event 41 twice/],
  ['weights of nothing', { mix: '41:0' }, /^--mix has no weight above 0/],
  ['a duration of years', { for: '900d' }, /^--for takes a duration/],
  ['a timeout of hours', { timeout: '2h' }, /^--timeout takes a duration/],
  ['no connection', { connections: '0' }, /^--connections takes a whole number from 1 to 1024; it was "0"/],
  ['half a seed', { seed: '1.5' }, /^--seed takes a whole number/],
])('refuses %s and does not repeat the address', (_, wrong, message) => {
  const read = (): unknown => readTrafficFlags({ ...flags, ...wrong });
  expect(read).toThrow(LoadError);
  expect(read).toThrow(message);
  expect(read).not.toThrow('top-secret');
});
