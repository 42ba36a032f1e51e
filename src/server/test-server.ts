import { noRegistries } from '#operations/registry/registries-configuration.ts';
import type { KeyObject } from 'node:crypto';
import { carryOut } from '#operations/carry-out.ts';
import type { LedgerChecked } from '#operations/check-ledger.ts';
import type { EvidencePack } from '#operations/evidence/evidence-pack.ts';
import type { OpenIdWay } from '#operations/openid-way.ts';
import { openLiveDesk, type LiveDesk } from '#operations/live-desk.ts';
import { readPending } from '#operations/read-pending.ts';
import { takeUpload } from '#operations/take-upload.ts';
import type { TestOffice } from '#operations/test-office.ts';
import type { PackageAsker } from '#operations/verdicts/package-asker.ts';
import { createApp } from './app.ts';
import { onceInStore } from './idempotency.ts';
import { openLiveEstate } from './live-estate.ts';
import { loginLink } from '#operations/login-link.ts';
import { createMetrics } from './metrics.ts';
import { openRuns } from './runs.ts';
import { keepFirstToken } from './sign-in.ts';
import type { TakeUpload } from './upload-thread.ts';

/** A server on a free port over a test office, for tests only. */
export type TestServer = {
  readonly url: string;
  /** To ask without a network. */
  readonly app: Awaited<ReturnType<typeof createApp>>;
  /** Asks with the token that may do everything, unless `headers` say otherwise. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** For the person with this pseudonym; for nobody in particular when absent. */
  loginLink(person?: string | null): Promise<string>;
  /** What its people have done. */
  readonly desk: LiveDesk;
  /** Brings the estate up to date. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
};

export const testToken = 'a-token-for-tests';

/** Starts a server over a test office. `reports` collects what went wrong inside; `web` is where the built pages lie; an upload has at most `uploadBytes`; `ledgerKey` proves checkpoints. */
export async function openTestServer(
  office: TestOffice,
  reports: string[] = [],
  openId: OpenIdWay | null = null,
  web = '/nowhere',
  {
    uploadBytes = 2000,
    ledgerKey = null,
    packages = null,
  }: { readonly uploadBytes?: number; readonly ledgerKey?: KeyObject | null; readonly packages?: PackageAsker | null } = {},
): Promise<TestServer> {
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
    registries: noRegistries,
    policyFile: null,
    attestMonths: 12,
    plan: [],
    uploadBytes,
    takeUpload: inThisThread(context),
    packages,
    once: onceInStore(context),
    evidence: openRuns<EvidencePack>(context.clock, (message) => reports.push(message)),
    ledgerChecks: openRuns<LedgerChecked>(context.clock, (message) => reports.push(message)),
    ledgerKey,
    signIn: { passwords: true, openId },
    report: (message: string) => void reports.push(message),
    wake: () => void carryOut(context, '/nowhere').then(() => readPending(context)),
  };
  const hosts = { port: () => port, names: ['office.example'] };
  const app = await createApp(served, { hosts, web, report: (error) => reports.push(String(error)) });
  await keepFirstToken(testToken, context);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  if (address !== null && typeof address !== 'string') port = address.port;
  const url = `http://127.0.0.1:${String(port)}`;
  await estate.catchUp();
  return {
    url,
    app,
    ask: (path, init = {}) => fetch(url + path, { redirect: 'manual', ...init, headers: withToken(init.headers) }),
    loginLink: (person = null) => loginLink(context.store, url, context.clock(), person),
    desk,
    catchUp: async () => {
      await estate.catchUp();
    },
    async close() {
      await app.close();
      await Promise.all([served.evidence.close(), served.ledgerChecks.close()]);
      await estate.close();
    },
  };
}

/** The thread of `serve` opens the store by its place; a test office has one that is open. */
function inThisThread(context: TestOffice['context']): TakeUpload {
  return async (publicId, chunks, target) => {
    await takeUpload({ ...context, randomId: () => publicId }, chunks, target);
  };
}

function withToken(given: RequestInit['headers']): Headers {
  const headers = new Headers(given);
  headers.set('authorization', `Bearer ${testToken}`);
  return headers;
}
