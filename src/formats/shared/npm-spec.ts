/** What the right-hand side of a dependency in package.json asks for. */
export type NpmSpec =
  /** From a registry, possibly under another name than the one it is installed as. */
  | { readonly kind: 'registry'; readonly name: string; readonly range: string }
  /** From the firm's own files: a folder, a workspace, a local archive. */
  | { readonly kind: 'own' }
  /** From git or an archive's address, credentials taken out. */
  | { readonly kind: 'remote'; readonly name: string; readonly url: string };

/** Reads one dependency of package.json. https://docs.npmjs.com/cli/configuring-npm/package-json#dependencies */
export function npmSpec(name: string, written: string): NpmSpec {
  const spec = written.trim();
  if (isOwnSpec(spec)) return { kind: 'own' };
  if (spec.startsWith('npm:')) {
    const target = spec.slice(4);
    const at = target.indexOf('@', 1);
    if (at !== -1) return { kind: 'registry', name: target.slice(0, at), range: target.slice(at + 1) };
    // yarn and pnpm also write `npm:^1.0.0`, which is no other name.
    return /^[\d^~<>=*v]/.test(target) ? { kind: 'registry', name, range: target } : { kind: 'registry', name: target, range: '*' };
  }
  if (isRemoteSpec(spec)) return { kind: 'remote', name, url: withoutCredentials(spec) };
  return { kind: 'registry', name, range: spec === '' ? '*' : spec };
}

/** True for what lies beside the project: `file:`, `link:`, `portal:`, `workspace:` and bare paths. */
export function isOwnSpec(spec: string): boolean {
  return /^(?:file|link|portal|workspace):/.test(spec) || /^(?:\.{1,2}(?:[\\/]|$)|~?[\\/]|[A-Za-z]:[\\/])/.test(spec);
}

/** True for a git repository, a forge's short form (`owner/name#tag`) or the address of an archive. */
export function isRemoteSpec(spec: string): boolean {
  return (
    /^(?:git(?:\+\w+)?|ssh|https?|github|gitlab|bitbucket|gist):/.test(spec) || /^[\w.-]+@[\w.-]+:/.test(spec) || /^[^@\s:/]+\/[^\s:/]+$/.test(spec)
  );
}

/** The address without user and password; the plain `git` user of ssh addresses is no secret and stays. */
export function withoutCredentials(url: string): string {
  return url.replace(/\/\/([^/@\s]*)@/g, (whole, user: string) => (user === 'git' ? whole : '//'));
}

/** True when the text can be an installed package's name: `name` or `@scope/name`. Longer than any registry allows is refused. */
export function isNpmName(name: string): boolean {
  return name.length > 0 && name.length <= 512 && /^(?:@[^/\s]+\/)?[^@/\s][^/\s]*$/.test(name);
}
