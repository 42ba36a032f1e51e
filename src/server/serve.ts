import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { publicHalf, type LedgerChecked } from '#operations/check-ledger.ts';
import { ledgerKey } from '#operations/checkpoint-ledger.ts';
import type { Configuration } from '#operations/configuration.ts';
import type { EvidencePack } from '#operations/evidence/evidence-pack.ts';
import { openLiveDesk } from '#operations/live-desk.ts';
import { openIdWay } from '#operations/openid-way.ts';
import { openOffice, type OfficePlace } from '#operations/open-office.ts';
import { readPolicyFile } from '#operations/policy-file.ts';
import { readingNow, type ReadingNow } from '#operations/reading-now.ts';
import { pausedReading } from '#operations/reading-paused.ts';
import { readingPlan } from '#operations/reading-plan.ts';
import type { FromWorker, ToWorker, WorkerStart } from '#operations/work-messages.ts';
import { packageAskerOf } from '#operations/verdicts/package-asker.ts';
import { createApp } from './app.ts';
import { onceInStore } from './idempotency.ts';
import { openLiveEstate } from './live-estate.ts';
import { loginLink } from '#operations/login-link.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { openRuns } from './runs.ts';
import { keepFirstToken } from './sign-in.ts';
import { openUploadThread } from './upload-thread.ts';

/** How an office is opened to its people. */
export type StartOptions = {
  readonly place: OfficePlace;
  readonly configuration: Configuration;
  /** 0 takes any free one. */
  readonly port: number;
  /** `127.0.0.1` when absent. */
  readonly host?: string;
  /** `GUILDHALL_TOKEN` in it becomes a first API token with every permission. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** False leaves reading, re-scans and jobs to `guildhall work` processes; true when absent. */
  readonly work?: boolean;
  /** True reads all configured sources and feeds at once, also those whose time has not come. */
  readonly readNow?: boolean;
  /** Hears of failures inside; they end nothing. */
  readonly report?: (message: string) => void;
};

/** An office that answers. */
export type RunningOffice = {
  /** Address without a slash at the end. */
  readonly url: string;
  /** A one-time link that signs a person in. */
  loginLink(): Promise<string>;
  /** Resolves once the estate is loaded. */
  ready(): Promise<void>;
  /** How reading the configured sources and feeds stands. */
  reading(): Promise<ReadingNow>;
  /** Ends in order: requests under way are answered, the worker finishes its step. */
  close(): Promise<void>;
};

const web = path.resolve(import.meta.dirname, import.meta.url.endsWith('.ts') ? '../../dist/web' : '../web');
const uploadBytes = 256 * 1024 * 1024;

/** Opens the office: listens, loads the estate and follows it, and has a worker thread read what comes in. Throws when the store or the port cannot be had. */
export async function startOffice(options: StartOptions): Promise<RunningOffice> {
  const { place, configuration, report = () => undefined } = options;
  const publicKey = configuration.ledger.key === undefined ? null : publicHalf(ledgerKey(configuration.ledger.key));
  const office = await openOffice(place);
  const { context } = office;
  const metrics = createMetrics();
  const desk = openLiveDesk();
  const estate = openLiveEstate(context, desk, (error) => {
    report(`The store does not answer: ${messageOf(error)}`);
  });
  const secret = await context.store.cursorKey();
  const plan = readingPlan(configuration);
  if (options.readNow === true)
    await context.store.jobRuns.notLater(
      plan.map(({ job }) => job),
      0,
    );
  const worker = options.work === false ? leaveWork : startWorker({ place, configuration }, metrics, report);
  const uploads = openUploadThread(place, report);
  let port = options.port;
  const served = {
    name: configuration.name,
    store: context.store,
    context,
    clock: context.clock,
    estate,
    desk,
    metrics,
    secret,
    feeds: configuration.feeds,
    registries: configuration.registries,
    policyFile: configuration.policy === undefined ? null : readPolicyFile(configuration.policy),
    attestMonths: configuration.owners.confirmMonths,
    plan,
    uploadBytes,
    takeUpload: uploads.take,
    packages: packageAskerOf(context, configuration, place),
    once: onceInStore(context),
    evidence: openRuns<EvidencePack>(context.clock, report),
    ledgerChecks: openRuns<LedgerChecked>(context.clock, report),
    ledgerKey: publicKey,
    signIn: { passwords: configuration.auth.passwords, openId: openIdWay(configuration, place) },
    report,
    wake: worker.wake,
  };
  const app = await createApp(served, {
    hosts: { port: () => port, names: configuration.hosts },
    web,
    report: (error, request) => {
      report(`${request}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    },
  });
  const close = async (): Promise<void> => {
    await app.close();
    await served.packages?.close();
    await Promise.all([served.evidence.close(), served.ledgerChecks.close()]);
    await uploads.stop();
    await worker.stop();
    await estate.close();
    await office.close();
  };
  try {
    const token = options.env?.['GUILDHALL_TOKEN'] ?? '';
    if (token !== '') await keepFirstToken(token, context);
    await app.listen({ port: options.port, host: options.host ?? '127.0.0.1' });
  } catch (error) {
    await close();
    throw error;
  }
  const address = app.server.address();
  if (address !== null && typeof address !== 'string') port = address.port;
  const url = `http://127.0.0.1:${String(port)}`;
  return {
    url,
    loginLink: () => loginLink(context.store, url, context.clock()),
    ready: async () => {
      await estate.catchUp();
    },
    reading: async () => readingNow(context, plan, await pausedReading(context.store)),
    close,
  };
}

type WorkerHandle = { readonly wake: () => void; readonly stop: () => Promise<void> };

/** What others find when they look, which is once a second. */
const leaveWork: WorkerHandle = { wake: () => undefined, stop: () => Promise.resolve() };

function startWorker(start: WorkerStart, metrics: Metrics, report: (message: string) => void): WorkerHandle {
  const script = new URL(import.meta.url.endsWith('.ts') ? '../worker/main.ts' : '../worker/main.js', import.meta.url);
  const worker = new Worker(script, { workerData: start });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'read') metrics.receiptsRead(message.receipts);
    else if (message.kind === 'scanned') metrics.scanned(message.outcome);
    else report(message.message);
  });
  worker.on('error', (error) => {
    report(`The worker ended: ${messageOf(error)} Uploads are kept and read after a restart.`);
  });
  const tell = (message: ToWorker): void => {
    worker.postMessage(message);
  };
  return {
    wake: () => {
      tell('wake');
    },
    async stop() {
      tell('stop');
      await ended;
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
