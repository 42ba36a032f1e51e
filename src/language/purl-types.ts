/** What the purl specification says of one type beyond the common rules. Absent means: optional namespace, everything case-sensitive. */
export type PurlType = {
  readonly namespace?: 'required' | 'prohibited';
  /** Parts that are lower-cased. */
  readonly lower?: readonly ('namespace' | 'name' | 'version')[];
  /** What the name, normalised, must match. */
  readonly namePattern?: RegExp;
  /** What the version, if any, must match. */
  readonly versionPattern?: RegExp;
  /** Qualifier without which the purl names nothing. */
  readonly needs?: string;
};

/**
 * The registered types, https://github.com/package-url/purl-spec/tree/main/types. `golang` is laxer than there:
 * Go's own `stdlib` and modules such as `example.com` have one part only, and they do occur.
 */
const types: ReadonlyMap<string, PurlType> = new Map<string, PurlType>([
  ['alpm', { namespace: 'required', lower: ['namespace', 'name'] }],
  ['apk', { namespace: 'required', lower: ['namespace', 'name'] }],
  ['bazel', { namespace: 'prohibited' }],
  ['bitbucket', { namespace: 'required', lower: ['namespace', 'name'] }],
  ['bitnami', { namespace: 'prohibited', lower: ['name'] }],
  ['brew', { lower: ['namespace', 'name'] }],
  ['cargo', { namespace: 'prohibited' }],
  ['chrome-extension', { namespace: 'prohibited', lower: ['name'], namePattern: /^[a-p]{32}$/, versionPattern: /^\d+(?:\.\d+){0,3}$/ }],
  ['cocoapods', { namespace: 'prohibited' }],
  ['composer', { namespace: 'required', lower: ['namespace', 'name'] }],
  ['conda', { namespace: 'prohibited' }],
  ['cpan', { namePattern: /^(?!.*::)/ }],
  ['cran', { namespace: 'prohibited' }],
  ['deb', { namespace: 'required', lower: ['namespace', 'name'] }],
  ['gem', { namespace: 'prohibited' }],
  ['git', { namespace: 'required' }],
  // Neither is registered yet; both are what other tools and advisories write.
  ['githubactions', { namespace: 'required', lower: ['namespace', 'name'] }],
  ['jsr', { namespace: 'required' }],
  ['github', { namespace: 'required', lower: ['namespace', 'name'] }],
  ['hackage', { namespace: 'prohibited' }],
  ['hex', { lower: ['namespace', 'name'] }],
  ['huggingface', { namespace: 'required', lower: ['version'] }],
  ['julia', { namespace: 'prohibited', needs: 'uuid' }],
  ['luarocks', { lower: ['namespace', 'name'] }],
  ['maven', { namespace: 'required' }],
  ['mlflow', { namespace: 'prohibited' }],
  ['nuget', { namespace: 'prohibited' }],
  ['oci', { namespace: 'prohibited', lower: ['name', 'version'] }],
  ['opam', { namespace: 'prohibited' }],
  ['otp', { namespace: 'prohibited', lower: ['name'] }],
  ['pub', { namespace: 'prohibited', lower: ['name'] }],
  ['pypi', { namespace: 'prohibited', lower: ['name', 'version'] }],
  ['qpkg', { namespace: 'required', lower: ['namespace'] }],
  ['rpm', { namespace: 'required', lower: ['namespace'] }],
  ['swid', { needs: 'tag_id' }],
  ['swift', { namespace: 'required' }],
  ['vcpkg', { namespace: 'prohibited' }],
  ['vscode-extension', { namespace: 'required', lower: ['namespace', 'name', 'version'] }],
  ['yocto', { lower: ['namespace'] }],
]);

const anything: PurlType = {};

/** The rules of a type; none for a type that is not registered. */
export function purlType(type: string): PurlType {
  return types.get(type) ?? anything;
}
