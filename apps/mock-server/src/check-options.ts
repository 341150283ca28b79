import { nearest } from '@hubex-kit/contract/nearest';
import { OptionError } from '@hubex-kit/simulator';
import { isLoopback } from './delivery/address-guard.ts';
import type { MockServerOptions } from './mock-server.ts';

const simulation = ['seed', 'assets', 'serviceToken', 'switches', 'clock', 'tenants', 'maxTenants', 'maxDepth'];
const own = [
  'port',
  'host',
  'controlToken',
  'allowPublicDelivery',
  'allowHosts',
  'bodyTimeoutMs',
  'data',
  'onRequest',
  'onDelivery',
  'onError',
];

/** Refuses options of the host that are unknown or cannot be used; the simulator checks its own. */
export function checkOptions(options: MockServerOptions): void {
  const known = [...own, ...simulation];
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new OptionError(
      unknown,
      `There is no option ${unknown}; did you mean ${nearest(unknown, known)}? Known: ${known.join(', ')}.`,
    );
  }
  checkWhole('port', options.port, [0, 65_535]);
  checkWhole('bodyTimeoutMs', options.bodyTimeoutMs, [1, 600_000]);
  const { data } = options;
  if (data !== undefined && (typeof data !== 'string' || data.trim() === ''))
    throw new OptionError('data', 'data must be the name of a file, such as ./hubex-mock.data.json.');
  const { host = '127.0.0.1', controlToken, allowHosts = [] } = options;
  const odd = allowHosts.find((name) => !/^[\w.:-]{1,253}$/.test(name));
  if (odd !== undefined)
    throw new OptionError(
      'allowHosts',
      `${JSON.stringify(odd)} is no host; name one such as hooks.example.org, without scheme and port.`,
    );
  if (controlToken !== undefined && !/^[!-~]{8,200}$/.test(controlToken))
    throw new OptionError('controlToken', 'controlToken must have 8 to 200 printable characters and no spaces.');
  if (typeof host !== 'string' || host === '')
    throw new OptionError('host', 'host must be an address or a name of this machine, such as 127.0.0.1.');
  if (controlToken !== undefined || host === 'localhost' || isLoopback(host)) return;
  throw new OptionError(
    'host',
    `${host} can be reached from other machines. Bind 127.0.0.1, or keep strangers from the control plane with --control-token (controlToken).`,
  );
}

function checkWhole(name: string, value: number | undefined, [least, most]: readonly [number, number]): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw new OptionError(name, `${name} must be a whole number from ${least} to ${most}; it was ${String(value)}.`);
}
