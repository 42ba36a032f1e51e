import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestOffice } from '#operations/test-office.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { commandLine } from '../program.ts';

const parents = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** Seven packages that the application names, each of which brings `middle`, which brings `leaf`. */
const lockfile = JSON.stringify({
  name: 'app',
  lockfileVersion: 3,
  packages: {
    '': { name: 'app', dependencies: Object.fromEntries(parents.map((name) => [name, '1.0.0'])) },
    ...Object.fromEntries(parents.map((name) => [`node_modules/${name}`, { version: '1.0.0', dependencies: { middle: '1.0.0' } }])),
    'node_modules/middle': { version: '1.0.0', dependencies: { leaf: '1.0.0' } },
    'node_modules/leaf': { version: '1.0.0' },
  },
});

describe('why on the command line', () => {
  let opened: OpenTestOffice;
  let office: TestOffice;
  beforeEach(async () => {
    const sqlite = testOffices().find(({ name }) => name === 'sqlite');
    if (sqlite === undefined) throw new Error('There is no SQLite to test on.');
    opened = await sqlite.open();
    office = opened.office;
    await office.scan({ 'package-lock.json': lockfile }, { name: 'shop' });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await opened.drop();
  });

  it.each<[name: string, options: readonly string[], listed: number]>([
    ['lists the five shortest paths, and counts all', [], 5],
    ['lists all of them when asked to', ['--all'], 7],
  ])('%s', { timeout: 60_000 }, async (_name, options, listed) => {
    if (opened.dataDir === null) throw new Error('SQLite has a data folder.');
    const printed: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    const program = await commandLine('why');
    await program.parseAsync(['node', 'guildhall', 'why', 'component:test/shop', 'leaf', '--data', opened.dataDir, ...options]);
    const lines = printed.join('').trimEnd().split('\n');
    expect(lines[0]).toBe('leaf@1.0.0 in package-lock.json: 7 paths');
    expect(lines[1]).toBe('  every path goes through middle@1.0.0');
    expect(lines.filter((line) => line.includes(' → '))).toHaveLength(listed);
    expect(lines.at(-1)?.includes('shortest shown')).toBe(listed < 7);
  });
});
