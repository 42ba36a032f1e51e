import { describe, expect, it } from 'vitest';
import { commandLine } from './program.ts';

describe('the command line', () => {
  it('knows every command under its own name', async () => {
    const all = (await commandLine(null)).commands.map((command) => command.name());
    expect(all).toContain('scan');
    for (const name of all) expect((await commandLine(name)).commands.length, `${name} is not found by its name`).toBeLessThan(all.length);
    for (const name of all) expect((await commandLine(name)).commands.map((command) => command.name())).toContain(name);
  });

  it('offers all of them when the one named is not there', async () => {
    const all = (await commandLine(null)).commands.length;
    expect((await commandLine('skan')).commands).toHaveLength(all);
    expect((await commandLine('constructor')).commands).toHaveLength(all);
    expect((await commandLine('--help')).commands).toHaveLength(all);
  });
});
