import path from 'node:path';
import { bundleReader } from '../tools/bundle-reader.ts';
import { startPostgres } from '../tools/postgres.ts';
import { makeTemplate } from '../src/store/test-stores.ts';

/**
 * One PostgreSQL per test run. Its URL reaches the tests as `GUILDHALL_TEST_POSTGRES`; each test file makes databases of its own in it, copies of one whose tables are there.
 * Reader processes start from a fresh bundle, since many tests start some. Returns what stops the server. Throws when none can be started: store tests never run on one store only.
 */
export async function setup(): Promise<() => Promise<void>> {
  // Half of what starting the program costs is reading its source, and dozens of tests start it.
  process.env['NODE_COMPILE_CACHE'] ??= path.resolve(import.meta.dirname, '../.cache/compiled');
  await bundleReader();
  const server = await startPostgres();
  process.env['GUILDHALL_TEST_POSTGRES'] = server.url;
  await makeTemplate(server.url);
  return server.stop;
}
