import { isOwnSpec, withoutCredentials } from './npm-spec.ts';

/** What a key of pnpm's tables says by itself. `version` is null when it is an address; `own` for folders and archives of the firm. */
export type DepPath = { readonly name: string; readonly version: string | null; readonly address: string | null; readonly own: boolean };

/**
 * Reads a key of `packages` or `snapshots`: `name@1.0.0(peer@2.0.0)` since version 9, `/name@1.0.0(…)` in 6, `/name/1.0.0_peer@2.0.0` in 5.
 * A registry's host may stand before the name in 5 and 6. Null when the key says neither a name nor an address.
 * https://github.com/pnpm/spec/blob/master/dep-path.md
 */
export function readDepPath(key: string, major: number): DepPath | null {
  if (isOwnSpec(key) && key.startsWith('file:')) return { name: '', version: null, address: null, own: true };
  if (major >= 9) return nameAtVersion(key);
  const bare = key.startsWith('/') ? key.slice(1) : withoutHost(key);
  const read = major === 6 ? nameAtVersion(bare) : nameSlashVersion(bare);
  if (read !== null && (read.version !== null || read.own)) return read;
  return key.startsWith('/') ? null : { name: '', version: null, address: withoutCredentials(withoutPeers(key)), own: false };
}

/** The key without the peers that one installation of it got. */
export function withoutPeers(key: string): string {
  const at = key.indexOf('(');
  return at === -1 ? key : key.slice(0, at);
}

function nameAtVersion(key: string): DepPath | null {
  const bare = withoutPeers(key);
  const at = bare.indexOf('@', 1);
  if (at === -1) return null;
  const name = bare.slice(0, at);
  const version = bare.slice(at + 1);
  if (isOwnSpec(version)) return { name, version: null, address: null, own: true };
  const isAddress = version.includes(':') || version.includes('/');
  return isAddress ? { name, version: null, address: withoutCredentials(version), own: false } : { name, version, address: null, own: false };
}

function nameSlashVersion(key: string): DepPath | null {
  const [name, version] = /^(@[^/]+\/[^/]+|[^@/][^/]*)\/([^/]+)/.exec(key)?.slice(1) ?? [];
  if (name === undefined || version === undefined) return null;
  const bare = version.split(/[_(]/, 1)[0] ?? '';
  return /^\d+\.\d/.test(bare) ? { name, version: bare, address: null, own: false } : null;
}

function withoutHost(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}
