import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dataFolderChecks, fileSystemCheck } from './data-folder-checks.ts';

const room = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-doctor-'));
afterAll(() => {
  fs.rmSync(room, { recursive: true, force: true });
});

describe('the data folder', () => {
  it('is sound when it is ours alone, and nothing is left in it', () => {
    const folder = made(0o700);
    const states = dataFolderChecks(folder, true).map(({ name, state }) => `${name} ${state}`);
    expect(states.filter((each) => !each.startsWith('disk'))).toEqual(['data folder ok', 'owner ok', 'rights ok', 'file system ok']);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('is sound when it is not there yet, and is not made', () => {
    const folder = path.join(room, 'later');
    expect(dataFolderChecks(folder, true)).toMatchObject([{ name: 'data folder', state: 'ok' }]);
    expect(fs.existsSync(folder)).toBe(false);
  });

  it.each<[string, () => string, string, 'warning' | 'fault', RegExp]>([
    ['cannot be written', unwritable, 'data folder', 'fault', /^The data folder cannot be written \(E[A-Z]+\)\.$/],
    [
      'cannot be made',
      () => path.join(fileIn(room), 'data'),
      'data folder',
      'fault',
      /^The data folder is not there and cannot be made \(ENOTDIR\)\.$/,
    ],
    ['is of another user', foreign, 'owner', 'warning', /^The data folder belongs to user \d+, this runs as \d+\.$/],
    ['may be read by others', () => made(0o755), 'rights', 'warning', /^Others may look into the data folder \(mode 755\)\.$/],
  ])('is judged when it %s', (_case, arrange, name, state, message) => {
    const check = dataFolderChecks(arrange(), true).find((each) => each.name === name);
    expect(check).toMatchObject({ state, message: expect.stringMatching(message) as unknown });
    expect(check?.next).not.toBeNull();
  });

  it.runIf(fs.existsSync('/proc/self'))('is at fault on a file system without room', () => {
    const check = dataFolderChecks('/proc', true).find((each) => each.name === 'disk');
    expect(check).toMatchObject({ state: 'fault', message: '0.0 GB free.' });
  });

  it.each([
    ['ext4', 0xef53, true, 'ok'],
    ['NFS, with SQLite', 0x6969, true, 'fault'],
    ['NFS, with PostgreSQL', 0x6969, false, 'ok'],
    ['CIFS, as a signed number', 0xff534d42 | 0, true, 'fault'],
  ])('is judged by its kind of file system: %s', (_case, type, keepsDatabase, state) => {
    expect(fileSystemCheck(type, keepsDatabase).state).toBe(state);
  });
});

function made(mode: number): string {
  const folder = fs.mkdtempSync(path.join(room, 'data-'));
  fs.chmodSync(folder, mode);
  return folder;
}

function fileIn(folder: string): string {
  const file = path.join(folder, 'file');
  fs.writeFileSync(file, '');
  return file;
}

/** Root may write whatever the rights say, but not into /proc. */
function unwritable(): string {
  return fs.existsSync('/proc/self') ? '/proc' : made(0o500);
}

/** Root gives a folder away; anyone else looks at root's. */
function foreign(): string {
  if (process.getuid?.() !== 0) return '/';
  const folder = made(0o700);
  fs.chownSync(folder, 65_534, 65_534);
  return folder;
}
