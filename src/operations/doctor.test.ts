import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { Configuration } from './configuration.ts';
import { doctor } from './doctor.ts';

describe.each(testStores())('the doctor of an office on $name', ({ open }) => {
  let stored: OpenTestStore;
  let room: string;
  beforeEach(async () => {
    stored = await open();
    room = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-doctor-'));
  });
  afterEach(async () => {
    await stored.drop();
    fs.rmSync(room, { recursive: true, force: true });
  });

  it('looks at everything, names no fault where there is none, and changes nothing', async () => {
    const before = await stored.store.lastChange();
    const checks = await look(place());
    expect(checks.filter((check) => check.state === 'fault')).toEqual([]);
    expect(checks.map((check) => check.name)).toEqual(
      expect.arrayContaining([
        'configuration',
        'node',
        'git',
        'port',
        'data folder',
        'disk',
        'store',
        'work',
        'inventories',
        'memory',
        'backup',
        'readers',
      ]),
    );
    expect(await stored.store.lastChange()).toBe(before);
  });

  it('neither opens nor makes a store that is not as this program writes it', async () => {
    const absent = { dataDir: path.join(room, 'later'), databaseUrl: null };
    expect((await look(absent)).filter((check) => check.state === 'fault')).toEqual([]);
    expect(fs.existsSync(absent.dataDir)).toBe(false);
  });

  function place() {
    const { location } = stored;
    return 'databaseUrl' in location ? { dataDir: room, databaseUrl: location.databaseUrl } : { dataDir: location.dataDir, databaseUrl: null };
  }
  function look(at: { readonly dataDir: string; readonly databaseUrl: string | null }) {
    const rest = { configuration: Configuration.parse({}), file: null, port: 0, environment: {}, clock: Date.now };
    return doctor({ place: at, ...rest });
  }
});
