import { openLiveDesk } from '#operations/live-desk.ts';
import { carryOut } from '#operations/carry-out.ts';
import { readPending } from '#operations/read-pending.ts';
import type { TestOffice } from '#operations/test-office.ts';
import { createApp } from './app.ts';
import { onceInStore } from './idempotency.ts';
import { openLiveEstate } from './live-estate.ts';
import { loginLink } from '#operations/login-link.ts';
import { createMetrics } from './metrics.ts';
import { keepFirstToken } from './sign-in.ts';

/** A server on a free port over a test office, for tests only. */
export type TestServer = {
  readonly url: string;
  /** Asks with the token that may do everything, unless `headers` say otherwise. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  loginLink(): Promise<string>;
  /** Brings the estate up to date. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
};

export const testToken = 'a-token-for-tests';

/** Starts a server over a test office. `reports` collects what went wrong inside. */
export async function openTestServer(office: TestOffice, reports: string[] = []): Promise<TestServer> {
  const { context } = office;
  const desk = openLiveDesk();
  const estate = openLiveEstate(context, desk, (error) => reports.push(String(error)));
  let port = 0;
  const served = {
    name: 'Test',
    store: context.store,
    context,
    clock: context.clock,
    estate,
    desk,
    metrics: createMetrics(),
    secret: await context.store.cursorKey(),
    feeds: [{ kind: 'kev' as const, from: 'https://feeds.example/kev.json' }],
    policyFile: null,
    uploadBytes: 2000,
    once: onceInStore(context),
    wake: () => void carryOut(context, '/nowhere').then(() => readPending(context)),
  };
  const hosts = { port: () => port, names: ['office.example'] };
  const app = await createApp(served, { hosts, web: '/nowhere', report: (error) => reports.push(String(error)) });
  await keepFirstToken(testToken, context);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  if (address !== null && typeof address !== 'string') port = address.port;
  const url = `http://127.0.0.1:${String(port)}`;
  await estate.catchUp();
  return {
    url,
    ask: (path, init = {}) => fetch(url + path, { redirect: 'manual', ...init, headers: withToken(init.headers) }),
    loginLink: () => loginLink(context.store, url, context.clock()),
    catchUp: async () => {
      await estate.catchUp();
    },
    async close() {
      await app.close();
      await estate.close();
    },
  };
}

function withToken(given: RequestInit['headers']): Headers {
  const headers = new Headers(given);
  headers.set('authorization', `Bearer ${testToken}`);
  return headers;
}
