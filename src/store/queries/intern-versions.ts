import { sql } from 'kysely';
import { keyText, storableText } from '../storable-text.ts';
import type { VersionKey } from '../store.ts';
import type { Access } from '../tables.ts';
import { claimMemory, rememberClaims, type ClaimNotes } from './licence-claims.ts';
import { readMeta } from './meta.ts';

const rememberedAtMost = 400_000;
const rowsAtOnce = 20_000;

/** Ids of package versions that are committed, by their natural key; the oldest give way. */
export type InternMemory = ClaimNotes & {
  readonly ids: Map<string, number>;
  /** Those that were not there before. */
  readonly added: Set<number>;
};

/** An empty memory. */
export function internMemory(): InternMemory {
  return { generation: null, ids: new Map(), added: new Set(), licences: claimMemory(), claimed: new Set() };
}

/** Takes over what a transaction learnt, once it has committed. */
export function rememberCommitted(memory: InternMemory, learnt: InternMemory): void {
  // It interned nothing, as most small writes, and says nothing of the generation.
  if (learnt.generation === null) return;
  if (learnt.generation !== memory.generation) {
    memory.ids.clear();
    memory.licences.claims.clear();
    memory.licences.texts.clear();
    memory.generation = learnt.generation;
  }
  for (const [key, id] of learnt.ids) memory.ids.set(key, id);
  rememberClaims(memory.licences, learnt.licences);
  for (const key of memory.ids.keys()) {
    if (memory.ids.size <= rememberedAtMost) break;
    memory.ids.delete(key);
  }
}

/** Ids in the order of the rows, new ones given where needed; `learnt` receives those that `memory` does not have. */
export async function internVersions(
  access: Access,
  rows: readonly VersionKey[],
  memory: InternMemory,
  learnt: InternMemory,
): Promise<readonly number[]> {
  learnt.generation ??= await readMeta(access, 'generation');
  const known = learnt.generation === memory.generation ? memory.ids : new Map<string, number>();
  const keys = rows.map(memoryKey);
  const ids = keys.map((key) => known.get(key) ?? learnt.ids.get(key));
  const unknown = new Map<string, VersionKey>();
  rows.forEach((row, index) => {
    if (ids[index] === undefined) unknown.set(keys[index] ?? '', row);
  });
  // Sorted, so that two transactions never wait for each other in a circle.
  const missing = [...unknown].sort(([a], [b]) => (a < b ? -1 : 1));
  for (let start = 0; start < missing.length; start += rowsAtOnce) await internMissing(access, missing.slice(start, start + rowsAtOnce), learnt);
  return rows.map((row, index) => {
    const id = ids[index] ?? learnt.ids.get(keys[index] ?? '');
    if (id === undefined) throw new Error(`The store gave no number for ${JSON.stringify(row)}.`);
    return id;
  });
}

async function internMissing(access: Access, missing: readonly (readonly [string, VersionKey])[], learnt: InternMemory): Promise<void> {
  const found = await lookUp(access, missing, learnt);
  if (found.length === 0) return;
  const cells = found.map(([, row]) => [
    keyText(row.ecosystem),
    keyText(row.nameKey),
    storableText(row.name),
    keyText(row.version),
    keyText(row.range),
  ]);
  const given = access.dialect.rowList('given', { ecosystem: 'text', name_key: 'text', name: 'text', version: 'text', range: 'text' }, cells);
  await sql`insert into package (ecosystem, name_key, name)
    select ecosystem, name_key, name from ${given} where true order by at on conflict (ecosystem, name_key) do nothing`.execute(access.db);
  await sql`insert into package_version (package_id, version, "range")
    select package.id, given.version, given."range" from ${given}
    left join package on package.ecosystem = given.ecosystem and package.name_key = given.name_key
    where true order by at on conflict (package_id, version, "range") do nothing`.execute(access.db);
  await lookUp(access, found, learnt);
  for (const [key] of found) {
    const id = learnt.ids.get(key);
    if (id !== undefined) learnt.added.add(id);
  }
}

/** Learns the ids that there are; gives the rows without one. */
async function lookUp(
  access: Access,
  rows: readonly (readonly [string, VersionKey])[],
  learnt: InternMemory,
): Promise<readonly (readonly [string, VersionKey])[]> {
  const cells = rows.map(([, row]) => [keyText(row.ecosystem), keyText(row.nameKey), keyText(row.version), keyText(row.range)]);
  const given = access.dialect.rowList('given', { ecosystem: 'text', name_key: 'text', version: 'text', range: 'text' }, cells);
  // Left joins: SQLite then begins with the list instead of the tables.
  const found = await sql<{ at: number; id: number | null }>`select at, package_version.id from ${given}
    left join package on package.ecosystem = given.ecosystem and package.name_key = given.name_key
    left join package_version on package_version.package_id = package.id and package_version.version = given.version
      and package_version."range" = given."range"`.execute(access.db);
  const without = [];
  for (const { at, id } of found.rows) {
    const row = rows[at];
    if (row === undefined) continue;
    if (id === null) without.push(row);
    else learnt.ids.set(row[0], id);
  }
  return without;
}

function memoryKey(row: VersionKey): string {
  return `${row.ecosystem}\0${row.nameKey}\0${row.version}\0${row.range}`;
}
