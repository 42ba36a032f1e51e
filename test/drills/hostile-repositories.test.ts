import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { expect, it } from 'vitest';
import { drillHostileRepositories } from './hostile-repositories.ts';
import { goodRepository } from './repositories/kit.ts';
import { zoo, type Animal } from './repositories/zoo.ts';

// The drill takes all of them.
const shown = ['the setting core.fsmonitor', 'hooks of every name', 'a lockfile that is a link to a secret', 'names with signs of the terminal'];

it('hostile repositories run nothing, read nothing outside and end with a reason', { timeout: 90_000 }, async () => {
  const animals = zoo.filter(({ name }) => shown.some((each) => name.endsWith(each)));
  expect(await drillHostileRepositories(animals)).toMatchObject({ tried: 5, failed: 0, details: { wrong: [] } });
  expect(zoo.length).toBeGreaterThanOrEqual(60);
});

it('what goes wrong is seen', { timeout: 90_000 }, async () => {
  const animal = (name: string, make: Animal['make'], reads = true): Animal => ({ name, reads, make });
  const { details } = await drillHostileRepositories([
    animal('runs', (kit) => {
      goodRepository(kit);
      execFileSync(kit.program);
    }),
    animal('reads', (kit) => {
      goodRepository(kit);
      fs.copyFileSync(kit.secret, `${kit.folder}/package-lock.json`);
      fs.rmSync(`${kit.folder}/.git`, { recursive: true });
    }),
    animal('empty', ({ folder }) => fs.mkdirSync(folder)),
  ]);
  expect(details).toMatchObject({
    wrong: [
      { repository: 'runs', why: 'a program of the repository ran' },
      { repository: 'reads', why: 'what lies outside it was read' },
      { repository: 'empty', why: expect.stringContaining('its good lockfile was not read') as string },
    ],
  });
});
