/** A package version that no build may use. */
export type DeniedVersion = { readonly ecosystem: string; readonly name: string; readonly version: string };

/** How a repository manager calls the repositories of an ecosystem, and below which paths a package version lies; `*` stands for anything but a slash, `**` for anything. */
type Layout = { readonly format: string; readonly paths: (name: string, version: string) => readonly string[] };

const layouts: Readonly<Record<string, Layout>> = {
  // https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md
  npm: { format: 'npm', paths: (name, version) => [`${name}/-/${name.split('/').at(-1) ?? ''}-${version}.tgz`] },
  // https://maven.apache.org/repositories/layout.html
  Maven: {
    format: 'maven',
    paths: (name, version) => {
      const [group = '', artifact = ''] = name.split(':');
      return artifact === '' ? [] : [`${group.replaceAll('.', '/')}/${artifact}/${version}/**`];
    },
  },
  // https://packaging.python.org/specifications/binary-distribution-format/: wheels write every run of dashes, dots and underscores as one underscore.
  PyPI: {
    format: 'pypi',
    paths: (name, version) => {
      const wheel = name.toLowerCase().replace(/[-_.]+/g, '_');
      const names = [...new Set([name, wheel, wheel.replaceAll('_', '-')])];
      return names.flatMap((each) => [`**/${each}-${version}-*.whl`, `**/${each}-${version}.tar.gz`, `**/${each}-${version}.zip`]);
    },
  },
  'crates.io': { format: 'cargo', paths: (name, version) => [`crates/${name}/${name}-${version}.crate`, `crates/${name}/${version}/download`] },
  RubyGems: { format: 'rubygems', paths: (name, version) => [`gems/${name}-${version}.gem`, `gems/${name}-${version}-*.gem`] },
  // https://learn.microsoft.com/nuget/api/package-base-address-resource: lower case.
  NuGet: {
    format: 'nuget',
    paths: (name, version) => {
      const [id, of] = [name.toLowerCase(), version.toLowerCase()];
      return [`**/${id}.${of}.nupkg`, `**/${id}/${of}/**`, ...(id === name ? [] : [`**/${name}.${version}.nupkg`])];
    },
  },
  // https://go.dev/ref/mod#goproxy-protocol: capitals as an exclamation mark and the small letter.
  Go: {
    format: 'go',
    paths: (name, version) => {
      const [module, of] = [name, version].map((each) => each.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`));
      return [`${module ?? ''}/@v/${/^v/.test(of ?? '') ? '' : 'v'}${of ?? ''}.*`];
    },
  },
};

/** The paths of one repository format. */
export type DeniedPaths = {
  readonly ecosystem: string;
  readonly format: string;
  /** Package versions that they mean. */
  readonly versions: number;
  readonly paths: readonly string[];
};

/** Nothing else can be said in a pattern without meaning more than itself. */
const plain = /^(?!.*\.\.)[@A-Za-z0-9._+~/:-]+$/;

/** The paths of package versions, by ecosystem; `left` counts those that cannot be said as a path, by ecosystem. */
export function deniedPaths(denied: readonly DeniedVersion[]): {
  readonly repositories: readonly DeniedPaths[];
  readonly left: Readonly<Record<string, number>>;
} {
  const left: Record<string, number> = {};
  const repositories: DeniedPaths[] = [];
  for (const [ecosystem, all] of Map.groupBy(denied, (each) => each.ecosystem)) {
    const layout = Object.hasOwn(layouts, ecosystem) ? layouts[ecosystem] : undefined;
    const paths = all.map(({ name, version }) =>
      plain.test(name) && plain.test(version) && !version.includes('/') ? (layout?.paths(name, version) ?? []) : [],
    );
    const versions = paths.filter((each) => each.length > 0).length;
    if (layout !== undefined && versions > 0) repositories.push({ ecosystem, format: layout.format, versions, paths: paths.flat() });
    if (versions < all.length) left[ecosystem] = all.length - versions;
  }
  return { repositories, left };
}

/** A path as a regular expression over the whole path of a request, which begins with a slash. */
export function pathAsRegex(path: string): string {
  const parts = path.split(/(\*\*\/|\*\*|\*)/);
  return `^/${parts.map((part) => wild[part] ?? part.replace(/[.+]/g, '\\$&')).join('')}$`;
}

const wild: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*' };
