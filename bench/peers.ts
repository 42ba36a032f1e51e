import fs from 'node:fs';
import path from 'node:path';
import { openGateway } from '#gateway/gateway.ts';
import { figure, median, type BenchOptions, type Figure } from './figure.ts';
import { measuredRun, type MeasuredRun } from './measured-run.ts';
import { ourView } from './our-view.ts';
import { causes, differencesOf, keyOf, ourFound, type Difference } from './peer-differences.ts';
import { peerRepositories, type PeerRepository } from './peer-repositories.ts';
import { readyPeers, type PeerAnswer, type ReadyPeer } from './peer-tools.ts';
import { vulnerableFigures } from './peer-vulnerabilities.ts';

const rounds = 3;
const root = path.resolve(import.meta.dirname, '..');
/** The command line as it is installed, built anew before each bench: the others are compiled, too. */
const ourCli = path.join(root, 'bin', 'guildhall.js');

type Peer = Extract<ReadyPeer, { readonly binary: string }>;

/** One program that is run on every repository: ours or a peer. */
type Contender = {
  readonly name: string;
  readonly does: string;
  readonly peer: Peer | null;
  readonly run: (repository: PeerRepository, watch: boolean) => Promise<MeasuredRun>;
};

/**
 * Other scanners beside ours on the same repositories, without network: the packages, what only one of the two found and why, the vulnerabilities
 * out of the same advisories, and time, processor and memory. What is not there is said in one line and left out.
 */
export async function benchPeers({ cache }: BenchOptions): Promise<readonly Figure[]> {
  const folder = process.env['GUILDHALL_PEER_REPOSITORIES'];
  if (folder === undefined) return notRun('peers', 'GUILDHALL_PEER_REPOSITORIES names no folder of git repositories');
  const built = await measuredRun(process.execPath, [path.join(root, 'tools', 'build-server.mjs')]);
  if (built.code !== 0) throw new Error(`Our own program cannot be built: ${built.stderr.slice(0, 500)}`);
  const into = path.join(cache, 'peers');
  const repositories = await peerRepositories(folder, path.join(into, 'trees'));
  const bucket = process.env['GUILDHALL_PEER_ADVISORIES'] ?? null;
  if (bucket === null) notRun('vulnerabilities', 'GUILDHALL_PEER_ADVISORIES names no folder laid out like the OSV bucket');
  const peers: Peer[] = [];
  for (const peer of await readyPeers(process.env['GUILDHALL_PEERS'] ?? null)) {
    if ('binary' in peer) peers.push(peer);
    else notRun(peer.tool.name, peer.notRun);
  }
  const contenders = [...ours, ...peers.map((peer) => contenderOf(peer, database(into, bucket)))];
  const { used, answers } = await watchedRuns(contenders, repositories);
  const setup = `${String(repositories.length)} public repositories with ${String(sum(repositories.map((each) => each.files)))} files at HEAD`;
  return [
    ...(await foundFigures(repositories, answers, setup, path.join(into, 'differences.json'))),
    ...(bucket === null
      ? []
      : await vulnerableFigures(
          [...answers].flatMap(([peer, each]) => [[peer.tool.name, [...each.values()]]]),
          bucket,
          into,
        )),
    ...contenders.flatMap((each) => usedFigures(each, used.get(each) ?? [], setup)),
    ...(await timeFigures(contenders, repositories, setup)),
  ];
}

function notRun(what: string, why: string): readonly Figure[] {
  process.stderr.write(`${what} not run: ${why}\n`);
  return [];
}

const ours: readonly Contender[] = [
  { name: 'ours-git', does: '`read` of the git repository', peer: null, run: ({ git }, watch) => runOurs(git, watch) },
  { name: 'ours-folder', does: '`read` of the folder', peer: null, run: ({ folder }, watch) => runOurs(folder, watch) },
];

function runOurs(at: string, watch: boolean): Promise<MeasuredRun> {
  return measuredRun(process.execPath, [ourCli, 'read', '--json', at], { watch });
}

function contenderOf(peer: Peer, advisories: string): Contender {
  const { tool, binary, version } = peer;
  return {
    name: tool.name,
    does: `${tool.name} ${version} of the folder${tool.matches ? ', advisories included' : ', packages only'}`,
    peer,
    run: ({ folder }, watch) => measuredRun(binary, tool.words(folder, advisories), { env: tool.env, watch }),
  };
}

/** The bucket where osv-scanner looks for it; an empty folder where there is none. */
function database(into: string, bucket: string | null): string {
  const folder = path.join(into, 'advisories');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  if (bucket !== null) fs.symlinkSync(path.resolve(bucket), path.join(folder, 'osv-scalibr'));
  return folder;
}

type Watched = {
  readonly used: ReadonlyMap<Contender, readonly MeasuredRun[]>;
  readonly answers: ReadonlyMap<Peer, ReadonlyMap<PeerRepository, PeerAnswer>>;
};

/** Once each, watched for processor time and memory; the peers' answers are those compared. */
async function watchedRuns(contenders: readonly Contender[], repositories: readonly PeerRepository[]): Promise<Watched> {
  const used = new Map<Contender, MeasuredRun[]>(contenders.map((each) => [each, []]));
  const answers = new Map<Peer, Map<PeerRepository, PeerAnswer>>();
  for (const repository of repositories) {
    for (const contender of contenders) {
      const run = await contender.run(repository, true);
      used.get(contender)?.push(run);
      if (contender.peer === null) continue;
      const { tool } = contender.peer;
      if (!tool.codes.includes(run.code)) notRun(tool.name, `on ${repository.name} it ended with ${String(run.code)}: ${run.stderr.slice(0, 200)}`);
      else
        answers.set(
          contender.peer,
          (answers.get(contender.peer) ?? new Map<PeerRepository, PeerAnswer>()).set(repository, tool.answer(run.stdout, repository.folder)),
        );
    }
    process.stderr.write(`  ${repository.name}\n`);
  }
  return { used, answers };
}

/** How many packages each found and, for every peer, one figure a cause of what only one of the two found. Every difference is written to `details`. */
async function foundFigures(
  repositories: readonly PeerRepository[],
  answers: Watched['answers'],
  setup: string,
  details: string,
): Promise<readonly Figure[]> {
  const gateway = openGateway({ workers: 2 });
  const views = new Map<PeerRepository, Awaited<ReturnType<typeof ourView>>>();
  try {
    for (const repository of repositories) views.set(repository, await ourView(gateway, repository));
  } finally {
    gateway.close();
  }
  const ourCount = sum(views.values().map((view) => new Set(ourFound(view).map(keyOf)).size));
  const figures = [figure('peers-found-ours', ourCount, 'packages', null, `distinct package versions a repository, added up; ${setup}`)];
  const all: Record<string, readonly (Difference & { readonly repository: string })[]> = {};
  for (const [{ tool, version }, byRepository] of answers) {
    if (byRepository.values().every((answer) => answer.found.length === 0)) continue;
    const formatsRead = new Set(
      byRepository.entries().flatMap(([repository, { found }]) => {
        const at = new Set(found.map((each) => each.path));
        return (views.get(repository)?.files ?? []).filter((file) => at.has(file.path)).map((file) => file.format);
      }),
    );
    const differences = byRepository.entries().flatMap(([repository, { found }]) => {
      const view = views.get(repository);
      const each = view === undefined ? [] : differencesOf(view, found, (format) => formatsRead.has(format));
      return each.map((difference) => ({ ...difference, repository: repository.name }));
    });
    all[tool.name] = [...differences];
    const count = sum(byRepository.values().map((answer) => new Set(answer.found.map(keyOf)).size));
    figures.push(
      figure(`peers-found-${tool.name}`, count, 'packages', null, `${tool.name} ${version}, likewise`),
      ...causeFigures(tool.name, all[tool.name] ?? []),
    );
  }
  fs.writeFileSync(details, JSON.stringify(all, null, 1));
  return figures;
}

function causeFigures(peer: string, differences: readonly Difference[]): readonly Figure[] {
  const groups = [...Map.groupBy(differences, (each) => `${each.only} ${each.cause ?? ''}`).values()].sort((a, b) => b.length - a.length);
  const known = groups.flatMap((group): readonly Figure[] => {
    const first = group[0];
    if (first?.cause === undefined || first.cause === null) return [];
    return [figure(`peers-${peer}-only-${first.only}-${first.cause}`, group.length, 'packages', null, causes[first.cause])];
  });
  const open = (only: Difference['only']) => differences.filter((each) => each.only === only && each.cause === null);
  const unexplained = (['peer', 'ours'] as const).map((only) => {
    const listed = open(only)
      .slice(0, 10)
      .map((each) => `${each.ecosystem} ${each.name} ${each.version} (${each.path})`);
    return figure(
      `peers-${peer}-only-${only}-unexplained`,
      open(only).length,
      'packages',
      0,
      `found by ${only === 'peer' ? peer : 'us'} alone, and no known cause explains it${listed.length === 0 ? '' : `: ${listed.join('; ')}`}`,
    );
  });
  return [...known, ...unexplained];
}

function usedFigures({ name, does }: Contender, runs: readonly MeasuredRun[], setup: string): readonly Figure[] {
  const cpu = runs.map((run) => run.cpuMs ?? 0);
  const peak = runs.map((run) => run.peakMb ?? 0);
  return [
    figure(`peers-cpu-${name}`, sum(cpu) / 1000, 's', null, `processor time, sampled, added up over one process a repository: ${does}; ${setup}`),
    figure(
      `peers-memory-${name}`,
      median(peak),
      'MB',
      null,
      `median of the most resident memory of a process and those it starts; the largest is ${Math.max(...peak).toFixed(0)} MB: ${does}`,
    ),
  ];
}

/** Everybody on every repository in turn, several times, so that what else the machine does falls on all alike. */
async function timeFigures(contenders: readonly Contender[], repositories: readonly PeerRepository[], setup: string): Promise<readonly Figure[]> {
  const times = new Map<Contender, number[]>(contenders.map((each) => [each, []]));
  for (const repository of repositories) {
    const inRounds = new Map<Contender, number[]>(contenders.map((each) => [each, []]));
    for (let round = 0; round < rounds; round += 1)
      for (const each of contenders) inRounds.get(each)?.push((await each.run(repository, false)).wallMs);
    for (const each of contenders) times.get(each)?.push(median(inRounds.get(each) ?? []));
  }
  const total = (each: Contender) => sum(times.get(each) ?? []) / 1000;
  const figures = contenders.map((each) =>
    figure(
      `peers-time-${each.name}`,
      total(each),
      's',
      null,
      `one process a repository, start included, median of ${String(rounds)} rounds in turn, added up: ${each.does}; ${setup}`,
    ),
  );
  const fastest = contenders.filter((each) => each.peer !== null).sort((a, b) => total(a) - total(b))[0];
  const best = contenders.filter((each) => each.peer === null).sort((a, b) => total(a) - total(b))[0];
  if (fastest === undefined || best === undefined) return figures;
  const ratio = figure('peers-time-ratio', total(best) / total(fastest), '×', 0.2, `${best.name} over ${fastest.name}, whole processes, as above`);
  return [...figures, ratio];
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
