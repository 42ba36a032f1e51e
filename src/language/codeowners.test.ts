import { describe, expect, it } from 'vitest';
import { ownersOf } from './codeowners.ts';

function owns(pattern: string, path: string): boolean {
  return ownersOf(path, [{ pattern, owners: ['@acme/team'], line: 1 }]).length > 0;
}

const cases: readonly (readonly [pattern: string, path: string, owned: boolean])[] = [
  ['*', 'package.json', true],
  ['*', 'a/b/c.ts', true],
  ['*.js', 'web/src/app.js', true],
  ['*.js', 'web/src/app.jsx', false],
  ['/*.js', 'app.js', true],
  ['/*.js', 'web/app.js', false],
  ['/build/logs/', 'build/logs/today/x.log', true],
  ['/build/logs/', 'web/build/logs/x.log', false],
  ['docs/*', 'docs/getting-started.md', true],
  ['docs/*', 'docs/build-app/troubleshooting.md', false],
  ['docs/*', 'web/docs/a.md', false],
  ['apps/', 'apps/x/package.json', true],
  ['apps/', 'web/apps/x/package.json', true],
  ['apps/', 'apps', false],
  ['/apps/github', 'apps/github/go.mod', true],
  ['/apps/github', 'apps/github', true],
  ['/apps/github', 'apps/githubs/go.mod', false],
  ['**/logs', 'build/logs/x', true],
  ['**/logs', 'deeply/nested/logs', true],
  ['**/logs', 'logs/x', true],
  ['/services/**/package.json', 'services/package.json', true],
  ['/services/**/package.json', 'services/a/b/package.json', true],
  ['/services/**', 'services/a/b', true],
  ['/services/**', 'services', false],
  ['/services/*/go.mod', 'services/api/go.mod', true],
  ['/services/*/go.mod', 'services/a/b/go.mod', false],
  ['serv?ce.ts', 'src/service.ts', true],
  ['serv?ce.ts', 'src/servce.ts', false],
  ['a.c', 'abc', false],
  ['Docs/', 'docs/a', false],
  ['/', 'a', false],
];

describe('ownersOf', () => {
  it.each(cases)('pattern %s and path %s: %s', (pattern, path, owned) => {
    expect(owns(pattern, path)).toBe(owned);
  });

  it('lets the last matching rule win, not the narrowest', () => {
    const rules = [
      { pattern: '*', owners: ['@acme/all'], line: 1 },
      { pattern: '/apps/', owners: ['@acme/apps', 'ops@acme.example'], line: 2 },
      { pattern: '*.lock', owners: ['@acme/deps'], line: 3 },
    ];
    expect(ownersOf('README.md', rules)).toEqual(['@acme/all']);
    expect(ownersOf('apps/web/index.ts', rules)).toEqual(['@acme/apps', 'ops@acme.example']);
    expect(ownersOf('apps/web/yarn.lock', rules)).toEqual(['@acme/deps']);
  });

  it('gives nobody where the last matching rule takes ownership away', () => {
    const rules = [
      { pattern: '/apps/', owners: ['@acme/apps'], line: 1 },
      { pattern: '/apps/github', owners: [], line: 2 },
    ];
    expect(ownersOf('apps/github/a.ts', rules)).toEqual([]);
    expect(ownersOf('apps/gitlab/a.ts', rules)).toEqual(['@acme/apps']);
    expect(ownersOf('web/a.ts', rules)).toEqual([]);
  });

  it('is not slowed down by a pattern made of stars', () => {
    const pattern = `${'**/'.repeat(200)}${'*a'.repeat(200)}b`;
    const path = `${'x/'.repeat(200)}${'a'.repeat(400)}`;
    expect(owns(pattern, path)).toBe(false);
  });
});
