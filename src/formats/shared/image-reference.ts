import type { ReadPackage, Scope } from '#model/reading.ts';
import { ownPurl } from './own-purl.ts';
import { packageOf } from './package-of.ts';

/**
 * The image that a reference such as `ghcr.io/acme/api:1.2@sha256:…` names, as a package: its version is the digest where one pins it,
 * else the tag, else `latest` as every tool takes it. Null when the text is no reference.
 */
export function imageOf(reference: string, scope: Scope): ReadPackage | null {
  const at = reference.indexOf('@');
  const digest = at === -1 ? null : reference.slice(at + 1);
  const place = at === -1 ? reference : reference.slice(0, at);
  const colon = place.lastIndexOf(':');
  const hasTag = colon > place.lastIndexOf('/');
  const name = hasTag ? place.slice(0, colon) : place;
  const tag = hasTag ? place.slice(colon + 1) : null;
  if (!/^[a-z0-9][\w.:/-]{0,255}$/i.test(name) || name.endsWith('/') || (tag !== null && !/^\w[\w.-]{0,127}$/.test(tag))) return null;
  if (digest !== null && !/^[a-z0-9+._-]{1,32}:[0-9a-f]{32,128}$/i.test(digest)) return null;
  const version = digest ?? tag ?? 'latest';
  const [first = '', ...rest] = name.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const host = isHost ? first : 'docker.io';
  const path = isHost ? rest.join('/') : name;
  const isHub = host === 'docker.io';
  const purl = ownPurl('docker', isHub && !path.includes('/') ? `library/${path}` : path, version, {
    isDivided: true,
    qualifiers: { repository_url: isHub ? null : host },
  });
  return packageOf(null, name, version, { purl, scope, registry: host.replace(/:\d+$/, '').toLowerCase(), hashed: digest !== null });
}
