import { describe, expect, it } from 'vitest';
import type { Format } from '#model/format.ts';
import { unread } from '#model/reading.ts';
import { componentRef, refOnCollision } from './component-ref.ts';
import { discover } from './discover.ts';
import { licenceFilesLeftOut } from './licence-files-left-out.ts';
import { movedDirs } from './moves.ts';

function format(id: string, kind: Format['kind'], family: string | null, name: RegExp): Format {
  return {
    id,
    version: 1,
    title: id,
    kind,
    ecosystems: [],
    family,
    spec: '',
    reads: '',
    cannotSee: '',
    matchesPath: (path) => name.test(path),
    parse: () => unread(),
  };
}

const formats = [
  format('npm-package-lock', 'lockfile', 'npm', /(^|\/)package-lock\.json$/),
  format('package-json', 'manifest', 'npm', /(^|\/)package\.json$/),
  format('pom-xml', 'manifest', 'maven', /(^|\/)pom\.xml$/),
  format('requirements-txt', 'lockfile', 'pypi', /(^|\/)requirements[^/]*\.txt$|(^|\/)requirements\/[^/]+\.txt$/),
  format('pyproject-toml', 'manifest', 'pypi', /(^|\/)pyproject\.toml$/),
  format('dpkg-status', 'lockfile', 'dpkg', /(^|\/)dpkg\/status$/),
  format('pacman-desc', 'manifest', 'pacman', /(^|\/)desc$/),
  format('cyclonedx', 'sbom', null, /\.cdx\.json$/),
  format('codeowners', 'ownership', null, /(^|\/)CODEOWNERS$/),
];

const dirsOf = (...paths: string[]): unknown =>
  Object.fromEntries(discover(paths, formats).components.map((each) => [each.dir, each.evidence.map((one) => one.path)]));

describe('components of a source', () => {
  it('are directories with a lockfile; workspace members belong to it', () => {
    expect(dirsOf('package-lock.json', 'package.json', 'packages/ui/package.json')).toEqual({ '': ['package-lock.json'] });
  });

  it('are directories with a manifest that no lockfile covers', () => {
    expect(dirsOf('app/package.json', 'lib/package-lock.json')).toEqual({ app: ['app/package.json'], lib: ['lib/package-lock.json'] });
  });

  it('keep several ecosystems of one directory together, and families apart', () => {
    expect(dirsOf('package-lock.json', 'pom.xml', 'core/pom.xml')).toEqual({ '': ['package-lock.json', 'pom.xml'], core: ['core/pom.xml'] });
  });

  it('take a requirements folder as part of the directory above it', () => {
    expect(dirsOf('api/requirements/base.txt', 'api/requirements/dev.txt')).toEqual({
      api: ['api/requirements/base.txt', 'api/requirements/dev.txt'],
    });
  });

  it('take what is installed on a system as part of the folder that holds the system', () => {
    expect(dirsOf('var/lib/dpkg/status', 'arch/var/lib/pacman/local/a-1/desc', 'arch/var/lib/pacman/local/b-2/desc')).toEqual({
      '': ['var/lib/dpkg/status'],
      arch: ['arch/var/lib/pacman/local/a-1/desc', 'arch/var/lib/pacman/local/b-2/desc'],
    });
  });

  it('keep a manifest beside requirements that are only for development', () => {
    expect(dirsOf('pyproject.toml', 'requirements-dev.txt')).toEqual({ '': ['requirements-dev.txt', 'pyproject.toml'] });
    expect(dirsOf('pyproject.toml', 'requirements.txt')).toEqual({ '': ['requirements.txt'] });
  });

  it('get an SBOM that lies at or below them; alone it is a component of its own', () => {
    expect(dirsOf('svc/package-lock.json', 'svc/sbom/app.cdx.json')).toEqual({ svc: ['svc/package-lock.json', 'svc/sbom/app.cdx.json'] });
    expect(dirsOf('drop/a.cdx.json', 'drop/b.cdx.json')).toEqual({ 'drop/a.cdx.json': ['drop/a.cdx.json'], 'drop/b.cdx.json': ['drop/b.cdx.json'] });
  });

  it('leave out test material, which is listed', () => {
    const found = discover(['test/fixtures/old/package-lock.json', 'tests/Fixtures/package-lock.json', 'CODEOWNERS'], formats);
    expect([found.components, found.testMaterial, found.ownershipFiles.length]).toEqual([
      [],
      ['test/fixtures/old/package-lock.json', 'tests/Fixtures/package-lock.json'],
      1,
    ]);
  });
});

describe('files with licences', () => {
  const found = (...paths: readonly string[]) =>
    discover(paths, [...formats, format('terms', 'licence', null, /(^|\/)LICENSE$/)]).licenceFiles.map(({ path }) => path);

  it('are the own first, then those of copies, and none of tests and examples', () => {
    expect(found('node_modules/a/LICENSE', 'deep/er/LICENSE', 'LICENSE', 'testdata/LICENSE', 'examples/x/LICENSE', 'third_party/b/LICENSE')).toEqual([
      ...['LICENSE', 'deep/er/LICENSE', 'node_modules/a/LICENSE', 'third_party/b/LICENSE'],
    ]);
  });

  it('are read up to a number, and what is left out is said', () => {
    const paths = Array.from({ length: 3_001 }, (_, at) => `node_modules/p${String(at)}/LICENSE`);
    expect(found(...paths, 'LICENSE').length).toBe(3_000);
    expect(found(...paths, 'LICENSE')[0]).toBe('LICENSE');
    const terms = [format('terms', 'licence', null, /(^|\/)LICENSE$/)];
    expect(licenceFilesLeftOut(paths, terms).map(({ code }) => code)).toEqual(['too-many-licence-files']);
    expect(licenceFilesLeftOut(paths.slice(1), terms)).toEqual([]);
  });
});

describe('component refs', () => {
  const place = { namespace: 'github.com-acme', rootName: 'shop' };
  it.each([
    ['', 'component:github.com-acme/shop'],
    ['services/api', 'component:github.com-acme/shop-services-api'],
    ['odd name/ü', 'component:github.com-acme/shop-odd-name'],
  ])('of directory %j', (dir, expected) => {
    expect(componentRef(place, dir)).toBe(expected);
  });

  it('take the name an upload gives', () => {
    expect(componentRef({ namespace: 'uploads', rootName: 'x', component: 'component:acme/pay' }, '')).toBe('component:acme/pay');
    expect(componentRef({ namespace: 'uploads', rootName: 'x', component: 'pay desk' }, '')).toBe('component:uploads/pay-desk');
  });

  it('on collision end in six characters of a hash', () => {
    expect(refOnCollision('component:a/b', 'git:x', 'b')).toMatch(/^component:a\/b-[0-9a-f]{6}$/);
  });
});

describe('moves', () => {
  const at = (path: string, hash: string) => ({ path, state: 'read', hash }) as const;

  it('are seen when one blob vanishes and appears at exactly one other path', () => {
    expect([...movedDirs([at('api/package-lock.json', 'h')], [at('services/api/package-lock.json', 'h')])]).toEqual([['services/api', 'api']]);
  });

  it('are not guessed from bytes that stand at several paths', () => {
    expect(movedDirs([at('a/l', 'h')], [at('b/l', 'h'), at('c/l', 'h')]).size).toBe(0);
    expect(movedDirs([at('a/l', 'h'), at('b/l', 'h')], [at('c/l', 'h')]).size).toBe(0);
  });
});
