import { bundleReader } from '../tools/bundle-reader.ts';
import { startPostgres } from '../tools/postgres.ts';

/**
 * One PostgreSQL per test run. Its URL reaches the tests as `GUILDHALL_TEST_POSTGRES`; each test file makes a database of its own in it.
 * Reader processes start from a fresh bundle, since many tests start some. Returns what stops the server. Throws when none can be started: store tests never run on one store only.
 */
export async function setup(): Promise<() => Promise<void>> {
  await bundleReader();
  const server = await startPostgres();
  process.env['GUILDHALL_TEST_POSTGRES'] = server.url;
  return server.stop;
}
