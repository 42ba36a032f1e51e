/** Path that a reference in a file means, `/` separated and without `.` and `..`; null when it is absolute or leaves the source. */
export function pathBeside(file: string, reference: string): string | null {
  const wanted = reference.replaceAll('\\', '/');
  if (wanted.startsWith('/') || /^[A-Za-z]:/.test(wanted)) return null;
  const parts = file.split('/').slice(0, -1);
  for (const part of wanted.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
