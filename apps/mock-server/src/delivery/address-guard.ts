import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

const privateNetworks = new BlockList();
privateNetworks.addSubnet('10.0.0.0', 8);
privateNetworks.addSubnet('172.16.0.0', 12);
privateNetworks.addSubnet('192.168.0.0', 16);
privateNetworks.addSubnet('fc00::', 7, 'ipv6');

function inside(list: BlockList, address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  const family = isIP(plain);
  return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}

/** Whether an address is this machine's own. */
export function isLoopback(address: string): boolean {
  return inside(loopback, address);
}

/** Whether a delivery may go to this address: loopback and private networks only, link-local (cloud metadata) never. */
export function mayDeliverTo(address: string): boolean {
  return isLoopback(address) || inside(privateNetworks, address);
}

type Callback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** A dns.lookup whose answer is checked before anything connects to it: a name cannot be moved to a public address in between. */
export function guardedLookup(hostname: string, options: LookupOptions, callback: Callback): void {
  dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const [first] = addresses;
    const foreign = addresses.find(({ address }) => !mayDeliverTo(address));
    if (foreign || !first) return callback(new Error(refusal(hostname)), []);
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
}

/** What is said about an address that is not delivered to. */
export function refusal(hostname: string): string {
  return `${hostname} is neither loopback nor private; allow it with --allow-public-delivery`;
}
