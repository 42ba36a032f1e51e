import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { prepareExample } from '#operations/prepare-example.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import type { Configuration } from '#operations/configuration.ts';
import { loginLink } from '#operations/login-link.ts';
import { loginLinkAs } from '#operations/login-link-as.ts';
import { openOffice, type Office, type OfficePlace } from '#operations/open-office.ts';
import type { ReadingNow } from '#operations/reading-now.ts';
import type { Target } from '#operations/scan-targets.ts';
import { defaultPort, inOffice, placeOf, portOf, withOffice, type OfficeOptions } from '../office-options.ts';
import { clearProgress, print, progress, say } from '../terminal.ts';

type ServeOptions = OfficeOptions & { readonly port: number; readonly host?: string; readonly work?: boolean };
type StartOptions = ServeOptions & { readonly empty?: boolean };

const tenYearsInMinutes = 10 * 365 * 24 * 60;
const followEveryMs = 500;

/** `serve`, `start` and `login-link`: the office for people. */
export function addServe(program: Command): void {
  withOffice(program.command('serve'))
    .description('open the office on what its store holds')
    .option('--port <n>', 'port', portOf, defaultPort)
    .option('--host <address>', 'address to listen on; 127.0.0.1 by default')
    .option('--no-work', 'leave reading, re-scans and scheduled jobs to `guildhall work` processes')
    .action(async (options: ServeOptions) => {
      await serveUntilStopped(options, placeOf(options));
    });
  withOffice(program.command('start'))
    .description('what npm start runs: the example estate, or the folders and URLs named')
    .argument('[target...]', 'folder, checkout, bare repository, git URL, lockfile or SBOM')
    .option('--port <n>', 'port', portOf, defaultPort)
    .option('--host <address>', 'address to listen on; 127.0.0.1 by default')
    .option('--empty', 'open an empty office')
    .action(async (targets: string[], options: StartOptions) => {
      await start(targets, options);
    });
  withOffice(program.command('login-link'))
    .description('make another one-time login link')
    .option('--port <n>', 'port of the office', portOf, defaultPort)
    .option('--as <user>', 'sign in as a person: user name, mail address or pseudonym; it is noted in the ledger')
    .action(async (options: ServeOptions & { readonly as?: string }) => {
      await inOffice(options, async ({ context }) => {
        const base = `http://127.0.0.1:${String(options.port)}`;
        if (options.as === undefined) {
          print(await loginLink(context.store, base, context.clock()));
          return;
        }
        const made = await loginLinkAs(context, base, options.as);
        if ('refusal' in made) throw new ConfigurationError(made.reason);
        print(made.link);
      });
    });
}

async function start(targets: readonly string[], options: StartOptions): Promise<void> {
  const { configuration, place } = placeOf(options);
  if (targets.length === 0 && options.estate === undefined && options.empty !== true) {
    // The example has a data folder of its own, so that it never mixes with a real estate.
    const dataDir = options.data === undefined ? path.join(place.dataDir, 'example-estate') : place.dataDir;
    const example = { ...place, dataDir };
    await working(example, (office) => prepareExample(office.context, dataDir, (line) => progress(line)));
    await serveUntilStopped(options, { configuration: { ...configuration, name: 'Northgate (example)' }, place: example });
    return;
  }
  const wanted: readonly Target[] = [...targets.map((at) => ({ at })), ...configuration.sources];
  for (const { at } of wanted) if (!/:\/\/|@/.test(at) && !existsSync(at)) throw new ConfigurationError(`There is no ${at}.`);
  const sources = wanted.map((each) => ({ ...each, kind: each.kind ?? 'folder' }));
  // Where re-scans are switched off, what was named is read this once.
  const rescanMinutes = configuration.rescanMinutes === 0 ? tenYearsInMinutes : configuration.rescanMinutes;
  await serveUntilStopped(options, { configuration: { ...configuration, sources, rescanMinutes }, place, readNow: true });
}

async function working(place: OfficePlace, work: (office: Office) => Promise<void>): Promise<void> {
  const office = await openOffice(place);
  try {
    await work(office);
  } finally {
    clearProgress();
    await office.close();
  }
}

/** What is opened; `readNow` reads everything that is configured at once. */
type Opened = { readonly configuration: Configuration; readonly place: OfficePlace; readonly readNow?: boolean };

async function serveUntilStopped(options: ServeOptions, { configuration, place, readNow = false }: Opened): Promise<void> {
  // Loaded here, so that commands which open no office do not wait for the server's modules.
  const { startOffice } = await import('#server/serve.ts');
  const office = await startOffice({
    place,
    configuration,
    readNow,
    port: options.port,
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.work === undefined ? {} : { work: options.work }),
    env: process.env,
    report: say,
  });
  print(await office.loginLink());
  say(`The office is open at ${office.url}. The link above works once; guildhall login-link makes another. Ctrl C closes it.`);
  const closing = new AbortController();
  const closed = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        closing.abort();
        resolve();
      });
  });
  if (readNow) await followReading(office.reading, closing.signal);
  await closed;
  await office.close();
}

/** Says on the terminal, too, how far reading is, and what came of it; pages show the same. */
async function followReading(ask: () => Promise<ReadingNow>, closing: AbortSignal): Promise<void> {
  let now = await ask();
  while (!closing.aborted && now.state !== 'none' && now.state !== 'read') {
    const part = now.sources.find(({ state }) => state === 'reading')?.progress?.part;
    if (part != null) progress(`reading ${part.name} (${String(part.number)} of ${String(part.of)})`);
    await pause(followEveryMs, undefined, { signal: closing }).catch(() => undefined);
    now = await ask();
  }
  clearProgress();
  if (closing.aborted) return;
  const sum = (of: 'components' | 'packages'): string => String(now.sources.reduce((all, { progress: each }) => all + (each?.[of] ?? 0), 0));
  if (now.sources.length > 0) say(`Read: ${sum('components')} components with ${sum('packages')} package versions that are new or have changed.`);
  const hasAdvisories = now.sources.some(({ kind, state }) => kind === 'osv' && state !== 'failed');
  if (!hasAdvisories) say('No advisories are configured; unless some were synced nothing can be judged: npm run -s guildhall -- advisories sync');
}
