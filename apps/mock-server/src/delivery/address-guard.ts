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

/** Where clouds hand out credentials: link-local networks, and the addresses that providers placed elsewhere. */
const metadata = new BlockList();
metadata.addSubnet('169.254.0.0', 16);
metadata.addSubnet('fe80::', 10, 'ipv6');
metadata.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6'); // 169.254.0.0/16 behind NAT64
metadata.addAddress('100.100.100.200'); // Alibaba
metadata.addAddress('168.63.129.16'); // Azure
metadata.addAddress('192.0.0.192'); // Oracle
metadata.addAddress('fd00:ec2::254', 'ipv6'); // Amazon
metadata.addAddress('fd20:ce::254', 'ipv6'); // Google

function inside(list: BlockList, address: string): boolean {
  const family = isIP(address);
  // BlockList itself sees the IPv4 address in ::ffff:127.0.0.1.
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** Whether an address is this machine's own. */
export function isLoopback(address: string): boolean {
  return inside(loopback, address);
}

/** Which addresses deliveries may go to. Loopback and private networks always may, metadata addresses never. */
export interface DeliveryRule {
  /** Public addresses too. */
  readonly allowPublic: boolean;
  /** These public hosts too: names in lower case, or addresses. */
  readonly allowHosts?: ReadonlySet<string>;
}

/** Why nothing is delivered to `address`, which `hostname` stands for; undefined when it may be. */
export function refusal(
  address: string,
  { hostname, allowPublic, allowHosts }: DeliveryRule & { hostname: string },
): string | undefined {
  if (inside(metadata, address)) return `${hostname} is a link-local or metadata address; deliveries never go there`;
  if (allowPublic || allowHosts?.has(hostname.toLowerCase())) return undefined;
  if (isLoopback(address) || inside(privateNetworks, address)) return undefined;
  return `${hostname} is neither loopback nor private; allow it with --allow-host ${hostname}, or all with --allow-public-delivery`;
}

type Callback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;
type Lookup = (hostname: string, options: LookupOptions, callback: Callback) => void;

/** Finds all addresses of a name. */
export type Resolver = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/** A dns.lookup whose answer is checked before anything connects to it: a name cannot be moved to a public address in between. */
export function guardedLookup(rule: DeliveryRule, resolve: Resolver = dnsLookup): Lookup {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const [first] = addresses;
      if (!first) return callback(new Error(`${hostname} has no address`), []);
      for (const { address } of addresses) {
        const refused = refusal(address, { hostname, ...rule });
        if (refused) return callback(new Error(refused), []);
      }
      if (options.all) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}
