import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { prepareExample } from '#operations/prepare-example.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import type { Configuration } from '#operations/configuration.ts';
import { loginLink } from '#operations/login-link.ts';
import { loginLinkAs } from '#operations/login-link-as.ts';
import { openOffice, type Office, type OfficePlace } from '#operations/open-office.ts';
import { feedTarget, syncFeed } from '#operations/sync-feeds.ts';
import { scanTargets, type Target } from '#operations/scan-targets.ts';
import { defaultPort, inOffice, placeOf, portOf, withOffice, type OfficeOptions } from '../office-options.ts';
import { remoteAccessOf } from '#operations/remote-access.ts';
import { clearProgress, print, progress, say } from '../terminal.ts';

type ServeOptions = OfficeOptions & { readonly port: number; readonly host?: string; readonly work?: boolean };
type StartOptions = ServeOptions & { readonly empty?: boolean };

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
  if (wanted.length > 0) await working(place, (office) => readFirst(office, wanted, configuration));
  await serveUntilStopped(options, {
    configuration: { ...configuration, sources: wanted.map((each) => ({ ...each, kind: each.kind ?? 'folder' })) },
    place,
  });
}

/** Reads what was named, then the configured feeds, and says what could not be read; the office opens all the same. */
async function readFirst(office: Office, wanted: readonly Target[], configuration: Configuration): Promise<void> {
  const { context } = office;
  const access = remoteAccessOf(configuration, office.place);
  const results = await scanTargets(context, wanted, access, {
    source: (name, at, of) => progress(`reading ${name} (${String(at)} of ${String(of)})`),
    component: (done) => progress(`folded ${done.name}: ${String(done.packages)} packages`),
  });
  clearProgress();
  for (const { target, problem, scanned } of results) {
    for (const each of [...(problem === null ? [] : [problem]), ...(scanned?.receipt.problems ?? [])]) say(`${target}: ${each.message}`);
  }
  for (const feed of configuration.feeds) {
    const synced = await syncFeed(context, await feedTarget(context, feed), access, progress);
    clearProgress();
    say(`${synced.feed} from ${synced.from}: ${synced.outcome}, ${String(synced.taken)} taken, ${String(synced.refused)} refused`);
  }
  const hasAdvisories = (await context.store.sources()).some((each) => each.source === 'osv');
  if (!hasAdvisories) say('No advisories were ever synced, so nothing can be judged yet: npm run -s guildhall -- advisories sync');
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

async function serveUntilStopped(
  options: ServeOptions,
  { configuration, place }: { readonly configuration: Configuration; readonly place: OfficePlace },
): Promise<void> {
  // Loaded here, so that commands which open no office do not wait for the server's modules.
  const { startOffice } = await import('#server/serve.ts');
  const office = await startOffice({
    place,
    configuration,
    port: options.port,
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.work === undefined ? {} : { work: options.work }),
    env: process.env,
    report: say,
  });
  print(await office.loginLink());
  say(`The office is open at ${office.url}. The link above works once; guildhall login-link makes another. Ctrl C closes it.`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  await office.close();
}
