import { existsSync } from 'node:fs';
import { resultOf, type Gateway } from '#gateway/gateway.ts';
import { withheldSentences } from '#analysis/registry/may-ask.ts';
import { unpackOpen } from '#language/packed/open-occurrences.ts';
import { storedJson } from '#language/readers/json.ts';
import type { Problem } from '#model/problem.ts';
import type { JobRunTable, SourceTable } from '#store/schema.ts';
import type { Store, StoredReceipt, StoreReads } from '#store/store.ts';
import type { Configuration } from '../configuration.ts';
import { packagesToAsk } from '../registry/packages-to-ask.ts';
import { fault, ok, warning, type Check } from './check.ts';
import { ledgerChecks } from './ledger-checks.ts';
import { memoryCheck, memoryLimit } from './machine-checks.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Uploads are read within seconds, a large repository within minutes. */
const waitsTooLongMs = 15 * minuteMs;
const staleFeedDays = 7;
const oldBackupDays = 7;
const skewToleranceMs = 5 * minuteMs;
const feedKinds: readonly string[] = ['osv', 'kev', 'epss', 'end-of-life'];

/** What the store says of the work, the inventories, the feeds, the backups and the clock. */
export async function officeChecks(store: StoreReads & Pick<Store, 'jobRuns'>, configuration: Configuration, now: number): Promise<readonly Check[]> {
  const { sources, feeds, registries } = configuration;
  const rows = await store.sources();
  const pending = await store.pendingReceipts(1000);
  const inventories = await inventoriesIn(store);
  const receipts = await store.lastReceipts();
  return [
    workCheck(pending, now),
    jobsCheck(await store.jobRuns.all(), now),
    inventoryCheck(inventories),
    memoryCheck(memoryLimit(), inventories.occurrences),
    pastCheck(Math.max(0, ...receipts.map((receipt) => receipt.confirmedAt)), now),
    backupCheck(await store.lastBackup(), receipts.length > 0, now),
    ...(await ledgerChecks(store, configuration, now)),
    ...lookChecks(rows, now),
    ...missingFeedChecks(rows, feeds, sources.length + receipts.length > 0),
    ...(await registryChecks(store, registries, now)),
  ];
}

function workCheck(pending: readonly StoredReceipt[], now: number): Check {
  const [oldest] = pending;
  if (oldest === undefined) return ok('work', 'nothing is left to do');
  const waits = `${String(pending.length)}${pending.length === 1000 ? ' or more' : ''} receipts wait to be read`;
  const minutes = Math.floor((now - oldest.receivedAt) / minuteMs);
  if (now - oldest.receivedAt < waitsTooLongMs) return ok('work', waits);
  return warning(
    'work',
    `${waits}, the oldest for ${String(minutes)} minutes.`,
    'Nobody reads: start guildhall serve or guildhall work, or look at what they report; the next scan reads them too.',
  );
}

/** Scheduled jobs that fail, or that nobody runs; scans and syncs among them, whose own lines say more. */
function jobsCheck(runs: readonly JobRunTable[], now: number): Check {
  const failing = runs.find((each) => each.failures > 1);
  if (failing !== undefined)
    return warning(
      'jobs',
      `The job "${failing.name}" has failed ${String(failing.failures)} times: ${failing.problem ?? 'it did not say why.'}`,
      'Mend what it says; it is tried again by itself.',
    );
  const waiting = runs.find((each) => now - each.due > waitsTooLongMs);
  return waiting === undefined
    ? ok('jobs', `${String(runs.length)} run by the clock`)
    : warning(
        'jobs',
        `The job "${waiting.name}" is due since ${new Date(waiting.due).toISOString().slice(0, 16)}Z.`,
        'Nobody works: start guildhall serve or guildhall work.',
      );
}

type Inventories = { readonly evidences: number; readonly damaged: number; readonly occurrences: number };

async function inventoriesIn(store: StoreReads): Promise<Inventories> {
  let [evidences, damaged, occurrences] = [0, 0, 0];
  for await (const page of store.loadEvidence()) {
    for (const row of page) {
      evidences += 1;
      try {
        occurrences += unpackOpen(row.open).length;
      } catch {
        damaged += 1; // counted, and said with what to do
      }
    }
  }
  return { evidences, damaged, occurrences };
}

function inventoryCheck({ evidences, damaged, occurrences }: Inventories): Check {
  return damaged === 0
    ? ok('inventories', `${String(evidences)} can be read, with ${String(occurrences)} occurrences`)
    : fault(
        'inventories',
        `${String(damaged)} of ${String(evidences)} inventories are of another layout or damaged.`,
        'Run guildhall rebuild: it folds them anew from what is kept for good.',
      );
}

function pastCheck(latest: number, now: number): Check {
  return latest <= now + skewToleranceMs
    ? ok('order of time', 'nothing was received after now')
    : warning(
        'order of time',
        `Something was received at ${new Date(latest).toISOString()}, which is still to come.`,
        'Set the clock of this machine: what is learnt now would seem older than what is known.',
      );
}

function backupCheck(last: number | null, hasData: boolean, now: number): Check {
  if (!hasData) return ok('backup', 'there is nothing yet to be kept');
  const next = 'Run guildhall backup FILE every night, and keep it on another machine.';
  if (last === null) return warning('backup', 'This store was never backed up by guildhall backup; of other backups nothing is known here.', next);
  const days = Math.floor((now - last) / dayMs);
  return days < oldBackupDays
    ? ok('backup', `the last one was made ${new Date(last).toISOString()}`)
    : warning('backup', `The last backup is ${String(days)} days old.`, next);
}

/** Sources and feeds whose last look failed, and why; feeds that are no longer fresh. */
function lookChecks(rows: readonly SourceTable[], now: number): readonly Check[] {
  const found = rows.flatMap((row): readonly Check[] => {
    const reason = (storedJson(row.problems) as readonly Problem[])[0]?.message ?? 'No reason was kept.';
    if (row.outcome === 'failed')
      return [warning(row.origin, `The last look failed: ${reason} What was known stands, as stale.`, 'Mend that, then scan or sync again.')];
    const days = Math.floor((now - (row.last_success ?? 0)) / dayMs);
    if (!feedKinds.includes(row.source) || days < staleFeedDays) return [];
    return [
      warning(
        row.origin,
        `What it says is ${String(days)} days old.`,
        'Run guildhall advisories sync, or import a newer bundle; with feeds in the configuration serve does it by itself.',
      ),
    ];
  });
  return found.length === 0 ? [ok('sources', `the last look at each of ${String(rows.length)} sources and feeds went well`)] : found;
}

function missingFeedChecks(rows: readonly SourceTable[], feeds: Configuration['feeds'], isUsed: boolean): readonly Check[] {
  const never = feeds.filter(({ kind }) => !rows.some((row) => row.source === kind));
  const checks = never.map(({ kind }) =>
    warning(kind, 'It is configured, and nothing was ever received from it.', `Run guildhall advisories sync ${kind}.`),
  );
  if (isUsed && !rows.some((row) => row.source === 'osv') && !never.some(({ kind }) => kind === 'osv'))
    checks.push(
      warning(
        'advisories',
        'No advisories were ever synced: nothing can be said to be clear.',
        'Run guildhall advisories sync, or import a bundle where there is no network.',
      ),
    );
  return checks;
}

/** How far registries were asked, and about what they are not asked and why. */
async function registryChecks(store: StoreReads, registries: Configuration['registries'], now: number): Promise<readonly Check[]> {
  if (registries.ask.length === 0)
    return [
      ok('registries', 'none is asked: release dates, licences and deprecations of packages are unknown (registries.ask in the configuration)'),
    ];
  const all = await packagesToAsk(store, registries, now);
  const asked = all.filter((each) => each.withheld === null);
  const due = asked.filter((each) => each.isDue).length;
  const late = due > asked.length / 2 && asked.length > 0;
  const text = `${String(asked.length - due)} of ${String(asked.length)} packages that may be asked about are fresh`;
  const checks = [
    late ? warning('registries', `${text}.`, 'serve and work ask by and by; guildhall packages refresh does it now.') : ok('registries', text),
  ];
  for (const [why, those] of Map.groupBy(all, (each) => each.withheld)) {
    if (why === null || why === 'no-registry' || why === 'off') continue;
    checks.push(warning('registries', `${String(those.length)} packages are not asked about.`, withheldSentences[why]));
  }
  return checks;
}

/** Whether reader processes start and answer. */
export async function readerCheck(gateway: Gateway): Promise<Check> {
  const file = { path: 'package-lock.json', bytes: Buffer.from('{"lockfileVersion":3,"packages":{}}'), formatId: 'npm-package-lock' };
  const reading = await gateway.read(file, () => Promise.resolve(null));
  const problem = resultOf(reading).problems.find((each) => each.severity === 'error');
  return problem === undefined
    ? ok('readers', 'reader processes start and answer')
    : fault(
        'readers',
        problem.message,
        'Reader processes must be allowed to start: check limits on processes and memory (ulimit -u, MemoryMax, TasksMax).',
      );
}

/** Whether the pages were built. */
export function webCheck(): Check {
  const isBuilt = [new URL('../../../dist/web/index.html', import.meta.url), new URL('../web/index.html', import.meta.url)].some((at) =>
    existsSync(at),
  );
  return isBuilt ? ok('web', 'the pages are built') : warning('web', 'The pages are not built.', 'npm start builds them; or run npm run build:web.');
}
