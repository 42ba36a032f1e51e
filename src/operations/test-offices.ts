import { openGateway } from '#gateway/gateway.ts';
import { testStores } from '#store/test-stores.ts';
import type { OfficePlace } from './open-office.ts';
import { openTestOffice, type TestOffice } from './test-office.ts';

/** A kind of store to open test offices on, for `describe.each`. */
export type TestOffices = { readonly name: string; open(): Promise<OpenTestOffice> };

/** An office on a store of its own; `databaseUrl` is null on SQLite. */
export type OpenTestOffice = {
  readonly office: TestOffice;
  readonly databaseUrl: OfficePlace['databaseUrl'];
  /** Folder of SQLite; null on PostgreSQL. */
  readonly dataDir: string | null;
  /** Closes and deletes it. */
  drop(): Promise<void>;
};

/** Test offices on both stores, for tests of the doors (server, worker, command line), which open no store themselves. */
export function testOffices(): readonly TestOffices[] {
  return testStores().map(({ name, open }) => ({
    name,
    async open() {
      const opened = await open();
      const office = openTestOffice(opened, openGateway({ workers: 1 }));
      return {
        office,
        databaseUrl: 'databaseUrl' in opened.location ? opened.location.databaseUrl : null,
        dataDir: 'dataDir' in opened.location ? opened.location.dataDir : null,
        async drop() {
          office.close();
          await opened.drop();
        },
      };
    },
  }));
}
