/** A dependency as PEP 508 writes it. `specifier` and `url` are empty when absent; never both are set. */
export type PythonRequirement = {
  readonly name: string;
  readonly specifier: string;
  readonly url: string;
  /** Environment marker without its `;`, empty when absent. */
  readonly marker: string;
};

/** Reads `name[extras] specifier ; marker` or `name[extras] @ url ; marker`; null when the text is neither. https://peps.python.org/pep-0508/ */
export function readRequirement(text: string): PythonRequirement | null {
  const head = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(\[[^\]]*\])?\s*/.exec(text);
  const name = head?.[1];
  if (head === null || name === undefined || !/[A-Za-z0-9]$/.test(name)) return null;
  const rest = text.slice(head[0].length);
  if (rest.startsWith('@')) {
    const [url = '', ...marker] = rest
      .slice(1)
      .trim()
      .split(/\s;|;\s/);
    return url === '' ? null : { name, specifier: '', url: url.trim(), marker: marker.join(';').trim() };
  }
  const semicolon = rest.indexOf(';');
  const specifier = (semicolon === -1 ? rest : rest.slice(0, semicolon))
    .trim()
    .replace(/^\((.*)\)$/, '$1')
    .trim();
  if (specifier !== '' && !specifier.split(',').every(isClause)) return null;
  return { name, specifier, url: '', marker: semicolon === -1 ? '' : rest.slice(semicolon + 1).trim() };
}

/** The one version that a specifier pins with `==` or `===`; null when it leaves a choice. */
export function pinnedVersion(specifier: string): string | null {
  for (const clause of specifier.split(',')) {
    const version = /^\s*={2,3}\s*(\S+)\s*$/.exec(clause)?.[1];
    if (version !== undefined && !version.includes('*') && !version.includes('$')) return version;
  }
  return null;
}

/** Name under which PyPI knows a project: lower case, runs of `-`, `_` and `.` as one `-`. https://peps.python.org/pep-0503/ */
export function normalisedPythonName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Name and version in the file name of a wheel or a source archive; null for other names. */
export function packageOfArchive(url: string): { readonly name: string; readonly version: string } | null {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  const file = path.slice(path.lastIndexOf('/') + 1);
  const wheel = /^([^-]+)-([^-]+)(?:-[^-]+){3,4}\.whl$/.exec(file);
  const archive = /^(.+)-(\d[^-]*)\.(?:tar\.gz|tar\.bz2|tgz|zip)$/.exec(file);
  const [, name, version] = wheel ?? archive ?? [];
  return name === undefined || version === undefined ? null : { name, version };
}

function isClause(clause: string): boolean {
  return /^\s*(?:~=|={2,3}|!=|<=|>=|<|>)\s*\S+\s*$/.test(clause) || clause.trim() === '';
}
