const maxPathLength = 4096;

/**
 * The path of a neighbouring file inside its source, normalised: `services/api/../pom.xml` gives `services/pom.xml`.
 * Null when it is absolute, leaves the source, names no file or holds control characters: such a file is never asked for.
 */
export function neighbourPath(path: string): string | null {
  if (path.length > maxPathLength || path.startsWith('/') || /^[A-Za-z]:|[\\\p{Cc}]/u.test(path) || !path.isWellFormed()) return null;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.length === 0 ? null : segments.join('/');
}
