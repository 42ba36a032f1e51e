/** Names of what an input keeps in the project's own folders, found apart from our readers. Empty where a format has no such thing. */
export function ownNames(formatId: string, text: string): ReadonlySet<string> {
  return new Set(finders[formatId]?.(text) ?? []);
}

/** Names that a yarn.lock takes through `patch:` or from git. Empty for other formats. */
export function namesOutsideRegistries(formatId: string, text: string): ReadonlySet<string> {
  return new Set(formatId === 'yarn-lock' ? captured(text, /^"?(@?[^@\n"]+)@(?:patch|git|git\+\w+|github):/gm) : []);
}

const finders: Readonly<Record<string, (text: string) => readonly string[]>> = {
  'npm-package-lock': (text) => [...ownInPackages(text), ...captured(text, /"([^"]+)": \{\s*"version": "file:/g)],
  'yarn-lock': (text) => captured(text, /^"?(@?[^@\n"]+)@(?:file|link|portal|workspace):/gm),
  'pnpm-lock': (text) => captured(text, /^ {2}file:[^\n]*:\n(?: {4}[^\n]*\n)*? {4}name: '?([^'\n]+)'?$/gm),
  'cargo-lock': (text) => text.split('[[package]]').flatMap((entry) => (/^source = /m.test(entry) ? [] : captured(entry, /^name = "([^"]+)"/gm))),
  'gemfile-lock': (text) => text.split(/^(?=\S)/m).flatMap((section) => (section.startsWith('PATH') ? captured(section, /^ {4}(\S+) \(/gm) : [])),
  'go-mod': (text) => captured(text, /=>\s*(\.{1,2}\/\S*)\s*$/gm),
  'go-vendor-modules': (text) => captured(text, /^# (\S+)(?: \S+)? => \.{1,2}\/\S*$/gm),
  'uv-lock': (text) => captured(text, /^name = "([^"]+)"\nversion = [^\n]*\nsource = \{ (?:virtual|editable|directory|path) = /gm),
  'poetry-lock': (text) =>
    text.split('[[package]]').flatMap((entry) => (/^type = "(?:directory|file)"/m.test(entry) ? captured(entry, /^name = "([^"]+)"/gm) : [])),
};

function ownInPackages(text: string): readonly string[] {
  const json = JSON.parse(text) as { packages?: Record<string, { name?: string; resolved?: string; link?: boolean }> } | null;
  return Object.entries(json?.packages ?? {}).flatMap(([place, entry]) => {
    if (entry.link === true) return [place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)];
    const isOwn = !place.includes('node_modules/') || entry.resolved?.startsWith('file:') === true;
    return isOwn && place !== '' ? [entry.name ?? place.slice(place.lastIndexOf('/') + 1)] : [];
  });
}

function captured(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);
}
