import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { figure, type Figure } from './figure.ts';
import { measuredRun } from './measured-run.ts';
import { keyOf } from './peer-differences.ts';
import type { Found, PeerAnswer } from './peer-tools.ts';

const ourCli = path.resolve(import.meta.dirname, '..', 'src', 'cli', 'main.ts');

/** Package versions that a peer says are affected, asked of our store filled from the same bucket: where one of the two names an advisory alone. */
export async function vulnerableFigures(
  peers: readonly (readonly [name: string, answers: readonly PeerAnswer[]])[],
  bucket: string,
  into: string,
): Promise<readonly Figure[]> {
  const asked = peers.flatMap(([name, answers]) => (answers.some((answer) => (answer.vulnerable ?? []).length > 0) ? [{ name, answers }] : []));
  if (asked.length === 0) return [];
  const data = path.join(into, 'office');
  fs.rmSync(data, { recursive: true, force: true });
  const synced = await measuredRun(process.execPath, [ourCli, 'advisories', 'sync', 'osv', '--from', bucket, '--all', '--data', data]);
  if (synced.code > 1) throw new Error(`The advisories cannot be taken: ${synced.stderr.slice(0, 500)}`);
  const figures: Figure[] = [];
  for (const { name, answers } of asked) {
    const packages = [...new Map(answers.flatMap((answer) => answer.found).map((found) => [keyOf(found), found])).values()].filter(
      (each) => each.version !== '',
    );
    const theirs = new Map<string, string[][]>();
    for (const each of answers.flatMap((answer) => answer.vulnerable ?? []))
      theirs.set(keyOf(each), [...(theirs.get(keyOf(each)) ?? []), [...each.ids]]);
    figures.push(...judged(name, packages, theirs, await matched(packages, data)));
  }
  return figures;
}

/** An advisory counts as the same when one of its names is. */
function judged(
  peer: string,
  packages: readonly Found[],
  theirs: ReadonlyMap<string, readonly (readonly string[])[]>,
  ours: ReadonlyMap<string, readonly string[]>,
): readonly Figure[] {
  const missed: string[] = [];
  const added: string[] = [];
  let both = 0;
  for (const each of packages) {
    const key = keyOf(each);
    const ourIds = new Set(ours.get(key));
    const groups = new Map((theirs.get(key) ?? []).map((ids) => [[...ids].sort().join(' '), ids]));
    for (const ids of groups.values()) {
      if (ids.some((id) => ourIds.has(id))) both += 1;
      else missed.push(`${key} ${ids[0] ?? ''}`);
    }
    const said = new Set([...groups.values()].flat());
    for (const id of ourIds) if (!said.has(id)) added.push(`${key} ${id}`);
  }
  const listed = (all: readonly string[]) => (all.length === 0 ? '' : `: ${all.slice(0, 20).join('; ')}`);
  const setup = `of the ${String(packages.length)} package versions that ${peer} found, judged by both from the same bucket`;
  return [
    figure(`peers-${peer}-vulnerable-both`, both, 'matches', null, `advisory groups that both name, ${setup}`),
    figure(`peers-${peer}-vulnerable-peer-only`, missed.length, 'matches', 0, `that ${peer} names and we do not, ${setup}${listed(missed)}`),
    figure(`peers-${peer}-vulnerable-ours-only`, added.length, 'ids', null, `that we name and ${peer} does not, ${setup}${listed(added)}`),
  ];
}

async function matched(packages: readonly Found[], data: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const child = spawn(process.execPath, [ourCli, 'advisories', 'match', '--stdin', '--data', data], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(packages.map(({ ecosystem, name, version }) => `${ecosystem}\t${name}\t${version}\n`).join(''));
  const lines = (await text(child.stdout)).split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const answer = JSON.parse(line) as Omit<Found, 'path'> & { readonly ids: readonly string[] };
      return [keyOf(answer), answer.ids];
    }),
  );
}
