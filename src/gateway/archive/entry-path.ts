import { quoted, type Problem } from '#model/problem.ts';

/**
 * The path of an archive's entry, relative to its root and without `.`: `./usr/lib/os-release` gives `usr/lib/os-release`, the root itself nothing.
 * A problem when it is absolute, leaves the root, is too long, or holds what no path of a system holds.
 */
export function entryPath(name: string, nameBytes: number): string | Problem {
  const refused = (code: string, why: string): Problem => ({
    code,
    message: `The entry ${quoted(name)} ${why}; it was passed over.`,
    severity: 'error',
  });
  if (Buffer.byteLength(name) > nameBytes) return refused('name-too-long', `has a name of more than ${String(nameBytes)} bytes`);
  if (/[\0-\x1f\x7f]/.test(name) || !name.isWellFormed()) return refused('odd-name', 'has a control character in its name');
  if (name.startsWith('/') || /^[A-Za-z]:[/\\]/.test(name)) return refused('absolute-path', 'has an absolute path');
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) return refused('leaves-archive', 'has a path that leaves the archive');
  return segments.join('/');
}

/** Whether a link at `path` points to a place inside the archive's root; an absolute target counts from the root, as it does in an image. */
export function staysInside(path: string, target: string): boolean {
  const segments = target.startsWith('/') ? [] : path.split('/').slice(0, -1);
  for (const segment of target.split('/')) {
    if (segment === '..' && segments.pop() === undefined) return false;
    if (segment !== '' && segment !== '.' && segment !== '..') segments.push(segment);
  }
  return true;
}
