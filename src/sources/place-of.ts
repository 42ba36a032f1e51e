import { basename, dirname, resolve } from 'node:path';
import type { Place } from '#model/receipt.ts';

/** Where a source comes from, and how components in it are named. */
export type Provenance = { readonly origin: string; readonly place: Place };

/**
 * A repository by its remote's URL: `https://user:token@github.com/Acme/shop.git` and `git@github.com:acme/shop` both give origin
 * `github.com/acme/shop`, namespace `github.com-acme`, root name `shop`. Null for local paths and what is no remote's URL.
 */
export function provenanceOfRemote(url: string): Provenance | null {
  const parts = remoteParts(url.trim());
  if (parts === null) return null;
  const path = parts.path
    .replace(/\/+$/, '')
    .replace(/\.git$/i, '')
    .split('/')
    .filter((segment) => segment !== '');
  const rootName = path.at(-1);
  if (rootName === undefined || path.some((segment) => segment === '..' || segment === '.')) return null;
  const host = parts.host.toLowerCase();
  const origin = [host, ...path].join('/').toLowerCase();
  const namespace = nameOf([host, ...path.slice(0, -1)].join('-'));
  return { origin, place: { namespace, rootName: nameOf(rootName) } };
}

/** A folder, file or repository without remote by where it lies: the name of the folder around it and its own. Never its absolute path. */
export function provenanceOfFolder(folder: string): Provenance {
  const path = resolve(folder);
  const rootName = nameOf(basename(path).replace(/\.git$/i, '')) || 'root';
  const namespace = nameOf(basename(dirname(path))) || 'local';
  return { origin: `folder:${namespace}/${rootName}`, place: { namespace, rootName } };
}

/**
 * An image by its name, without tag and digest, so that its next version is the same component: `ghcr.io/Acme/api:1.2` gives origin `image:ghcr.io/acme/api`.
 * A platform that was asked for makes another one.
 */
export function provenanceOfImage(name: string, platform: string | null): Provenance {
  const repository = name
    .replace(/@.*$/, '')
    .replace(/:[^/:]*$/, '')
    .replace(/^docker\.io\/(?:library\/)?/, '')
    .toLowerCase();
  const own = platform === null ? repository : `${repository}#${platform}`;
  return { origin: `image:${own}`, place: { namespace: 'images', rootName: nameOf(own) || 'image' } };
}

/** A name as it may stand in a component's ref: lower case letters, digits, dot, dash and underscore, everything else a dash. */
function nameOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-.]+|-+$/g, '');
}

function remoteParts(url: string): { host: string; path: string } | null {
  if (url.length > 2_048 || /[\p{Cc}\s]/u.test(url)) return null;
  if (/^(?:https?|ssh|git|git\+ssh|git\+https):\/\//i.test(url)) {
    const parsed = URL.parse(url.replace(/^git\+/i, ''));
    if (parsed === null || parsed.hostname === '') return null;
    const standard = { 'ssh:': '22', 'git:': '9418' }[parsed.protocol];
    const port = parsed.port === '' || parsed.port === standard ? '' : `-${parsed.port}`;
    return { host: parsed.hostname + port, path: decoded(parsed.pathname) };
  }
  // `user@host:path`, as ssh and scp write it.
  const scp = /^(?:[A-Za-z0-9._-]+@)?([A-Za-z0-9][A-Za-z0-9.-]+):(?!\/\/)([^:]+)$/.exec(url);
  const [, host, path] = scp ?? [];
  return host === undefined || path === undefined || host.length < 2 ? null : { host, path };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
