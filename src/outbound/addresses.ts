import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { Problem } from '#model/problem.ts';

/** An address a connection may be made to. */
export type Address = { readonly address: string; readonly family: 4 | 6 };

/** How a name is turned into addresses; tests give their own. */
export type Resolve = (host: string) => Promise<readonly Address[]>;

// By the IANA special-purpose registries. Of IPv6 only 2000::/3 is handed out; inside it Teredo, documentation and 6to4 lead elsewhere.
const forbidden4 = listOf('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]);
const forbidden6 = listOf('ipv6', ['::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

/** True for addresses of the public internet: global unicast. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  // A zone (`fe80::1%eth0`) is never global.
  if (family === 0 || address.includes('%')) return false;
  return family === 4 ? !forbidden4.check(address, 'ipv4') : !forbidden6.check(address, 'ipv6');
}

/**
 * The addresses of a host, asked once; the caller connects to one of these and to no other. Unless `anyAddress`, all of them must be
 * public: a name that also leads inside is refused whole.
 */
export async function checkedAddresses(
  hostname: string,
  anyAddress: boolean,
  resolve: Resolve = systemResolve,
): Promise<readonly Address[] | Problem> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const addresses = family === 0 ? await resolve(host).catch(() => []) : [{ address: host, family: family === 4 ? 4 : 6 } as const];
  if (addresses.length === 0)
    return { code: 'no-address', message: `The host ${host} has no address. Check the name and the network.`, severity: 'error' };
  if (anyAddress || addresses.every((each) => isPublicAddress(each.address))) return addresses;
  return {
    code: 'address-refused',
    message: `The host ${host} leads to an address that is not public. Name the host in the configuration to allow it.`,
    severity: 'error',
  };
}

async function systemResolve(host: string): Promise<readonly Address[]> {
  const found = await lookup(host, { all: true, order: 'verbatim' });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

// One list per family: a mixed one compares IPv4 addresses with IPv6 networks too, as ::ffff:0:0/96.
function listOf(family: 'ipv4' | 'ipv6', networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}
