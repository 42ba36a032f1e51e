import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { resultOf } from '#gateway/gateway.ts';
import { unpackOpen } from '#language/packed/open-occurrences.ts';
import type { Context } from './context.ts';
import type { OfficePlace } from './open-office.ts';
import { runGit } from '#sources/git/run-git.ts';

/** One thing that was looked at. `next` is what to do about it; null when there is nothing to do. */
export type Check = { readonly name: string; readonly state: 'ok' | 'warning' | 'failed'; readonly message: string; readonly next: string | null };

const dayMs = 86_400_000;
const staleFeedDays = 7;

/** Looks at everything an office leans on and says what is wrong and what to do. */
export async function doctor(context: Context, place: OfficePlace): Promise<readonly Check[]> {
  return [
    nodeCheck(),
    dataFolderCheck(place),
    diskCheck(place),
    await gitCheck(place),
    ...(await storeChecks(context)),
    ...(await feedChecks(context)),
    await gatewayCheck(context),
    webCheck(),
  ];
}

function nodeCheck(): Check {
  const major = Number(process.versions.node.split('.')[0]);
  return major >= 26
    ? ok('node', `Node ${process.versions.node}`)
    : failed('node', `Node ${process.versions.node} is too old.`, 'Install Node 26 or newer.');
}

function dataFolderCheck({ dataDir }: OfficePlace): Check {
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK);
    return ok('data folder', 'can be read and written');
  } catch {
    return failed(
      'data folder',
      'The data folder cannot be written.',
      'Give the user that runs the office the right to write there, or name another with --data.',
    );
  }
}

function diskCheck({ dataDir }: OfficePlace): Check {
  const { bavail, bsize } = statfsSync(dataDir);
  const free = bavail * bsize;
  const text = `${(free / 1e9).toFixed(1)} GB free`;
  return free > 2e9 ? ok('disk', text) : warning('disk', text, 'Make room: writes are refused when the disk is full.');
}

async function gitCheck({ dataDir }: OfficePlace): Promise<Check> {
  const ran = await runGit({ command: ['version'], gitDir: dataDir, deadlineMs: 10_000 }, 10_000);
  if (!ran.ok) return failed('git', 'git cannot be run.', 'Install git 2.39 or newer and put it on the PATH.');
  const version = /(\d+)\.(\d+)/.exec(ran.stdout.toString());
  const isNew = Number(version?.[1]) > 2 || (Number(version?.[1]) === 2 && Number(version?.[2]) >= 39);
  return isNew
    ? ok('git', `git ${version?.[0] ?? ''}`)
    : warning('git', `git ${version?.[0] ?? '?'} is older than 2.39.`, 'Install git 2.39 or newer.');
}

async function storeChecks({ store }: Context): Promise<readonly Check[]> {
  const checks: Check[] = [ok('store', `${store.kind} answers`)];
  const pending = await store.pendingReceipts(1000);
  checks.push(
    pending.length === 0
      ? ok('work', 'nothing is left to do')
      : warning('work', `${String(pending.length)} receipts wait to be read.`, 'guildhall serve reads them; so does the next scan.'),
  );
  let damaged = 0;
  let evidences = 0;
  for await (const page of store.loadEvidence()) {
    for (const row of page) {
      evidences += 1;
      try {
        unpackOpen(row.open);
      } catch {
        damaged += 1;
      }
    }
  }
  checks.push(
    damaged === 0
      ? ok('inventories', `${String(evidences)} can be read`)
      : failed('inventories', `${String(damaged)} of ${String(evidences)} inventories cannot be read.`, 'Run guildhall rebuild.'),
  );
  return checks;
}

async function feedChecks({ store, clock }: Context): Promise<readonly Check[]> {
  const sources = await store.sources();
  const checks = sources.flatMap((each): readonly Check[] => {
    if (each.outcome === 'failed')
      return [
        warning(each.origin, 'The last look failed; what was known stands, as stale.', 'See guildhall scan or advisories sync for the reason.'),
      ];
    const days = Math.floor((clock() - (each.last_success ?? 0)) / dayMs);
    const isFeed = ['osv', 'kev', 'epss'].includes(each.source);
    return isFeed && days >= staleFeedDays ? [warning(each.origin, `Last synced ${String(days)} days ago.`, 'Run guildhall advisories sync.')] : [];
  });
  if (!sources.some((each) => each.source === 'osv'))
    checks.push(
      warning(
        'advisories',
        'No advisories were ever synced: nothing can be said to be clear.',
        'Run guildhall advisories sync osv --from <folder or URL>.',
      ),
    );
  return checks.length === 0 ? [ok('sources', `${String(sources.length)} sources and feeds are fresh`)] : checks;
}

async function gatewayCheck({ gateway }: Context): Promise<Check> {
  const reading = await gateway.read(
    { path: 'package-lock.json', bytes: Buffer.from('{"lockfileVersion":3,"packages":{}}'), formatId: 'npm-package-lock' },
    () => Promise.resolve(null),
  );
  const problem = resultOf(reading).problems.find((each) => each.severity === 'error');
  return problem === undefined
    ? ok('readers', 'reader processes start and answer')
    : failed('readers', problem.message, 'Reader processes must be allowed to start: check limits on processes and memory.');
}

function webCheck(): Check {
  return existsSync(new URL('../../dist/web/index.html', import.meta.url))
    ? ok('web', 'the pages are built')
    : warning('web', 'The pages are not built.', 'npm start builds them; or run npm run build:web.');
}

function ok(name: string, message: string): Check {
  return { name, state: 'ok', message, next: null };
}

function warning(name: string, message: string, next: string): Check {
  return { name, state: 'warning', message, next };
}

function failed(name: string, message: string, next: string): Check {
  return { name, state: 'failed', message, next };
}
