import { hash } from 'node:crypto';
import { storableText } from '../storable-text.ts';
import type { LicenceClaimRow, NewLicenceClaim } from '../store.ts';
import type { Access } from '../tables.ts';
import { pagesByVersion } from './pages-by-version.ts';
import type { Pages } from './paging.ts';
import { upsertRows } from './upsert-rows.ts';

const rowsAtOnce = 20_000;
const longestText = 1000;
const mostTexts = 20;
const rememberedAtMost = 400_000;

/** What is committed of claims: numbers of texts, and which versions are known to have which. */
export type ClaimMemory = { readonly texts: Map<string, number>; readonly claims: Set<string> };

/** What interning remembers of claims. */
export type ClaimNotes = {
  /** Ids given in another generation are no longer true. */
  generation: string | null;
  readonly licences: ClaimMemory;
  /** Versions of whose licence something new was said. */
  readonly claimed: Set<number>;
};

/** An empty memory. */
export function claimMemory(): ClaimMemory {
  return { texts: new Map(), claims: new Set() };
}

/** Takes over what a transaction learnt, once it has committed. */
export function rememberClaims(memory: ClaimMemory, learnt: ClaimMemory): void {
  if (memory.claims.size + learnt.claims.size > rememberedAtMost) memory.claims.clear();
  if (memory.texts.size + learnt.texts.size > rememberedAtMost) memory.texts.clear();
  for (const [text, id] of learnt.texts) memory.texts.set(text, id);
  for (const claim of learnt.claims) memory.claims.add(claim);
}

/** Adds claims; those that are there stay. The versions of which something new was said are noted in `learnt`. */
export async function noteLicences(access: Access, rows: readonly NewLicenceClaim[], memory: ClaimNotes, learnt: ClaimNotes): Promise<void> {
  const known = learnt.generation === memory.generation ? memory.licences : claimMemory();
  const own = learnt.licences;
  const fresh = new Map<string, NewLicenceClaim & { readonly text: string }>();
  for (const row of rows) {
    const text = JSON.stringify(bounded(row.said));
    const key = `${String(row.version)} ${row.source} ${text}`;
    if (!known.claims.has(key) && !own.claims.has(key)) fresh.set(key, { ...row, text });
  }
  if (fresh.size === 0) return;
  const texts = [...new Set([...fresh.values()].map((each) => each.text))].filter((text) => !known.texts.has(text) && !own.texts.has(text)).sort();
  await internTexts(access, texts, own);
  const claims = [...fresh.values()].flatMap(({ version, source, text }) => {
    const id = own.texts.get(text) ?? known.texts.get(text);
    return id === undefined ? [] : [{ package_version_id: version, source, text_id: id }];
  });
  claims.sort((a, b) => a.package_version_id - b.package_version_id || (a.source < b.source ? -1 : 1) || a.text_id - b.text_id);
  for (let start = 0; start < claims.length; start += rowsAtOnce)
    await upsertRows(
      access,
      {
        table: 'licence_claim',
        columns: { package_version_id: 'bigint', source: 'text', text_id: 'bigint' },
        key: ['package_version_id', 'source', 'text_id'],
        onConflict: 'keep',
      },
      claims.slice(start, start + rowsAtOnce),
    );
  for (const [key, { version }] of fresh) {
    own.claims.add(key);
    learnt.claimed.add(version);
  }
}

/** What is cut says so, and so is no licence expression any more: nothing is taken for less than was said. */
function bounded(said: readonly string[]): readonly string[] {
  const cut = said.slice(0, mostTexts).map((text) => (text.length > longestText ? `${text.slice(0, longestText)}…` : text));
  return said.length > mostTexts ? [...cut, '…'] : cut;
}

async function internTexts(access: Access, texts: readonly string[], own: ClaimMemory): Promise<void> {
  if (texts.length === 0) return;
  const byHash = new Map(texts.map((text) => [hash('sha256', text, 'hex'), text]));
  const rows = [...byHash].map(([key, text]) => ({ hash: key, said: storableText(text) }));
  await upsertRows(access, { table: 'licence_text', columns: { hash: 'text', said: 'text' }, key: ['hash'], onConflict: 'keep' }, rows);
  const found = await access.db
    .selectFrom('licence_text')
    .select(['id', 'hash'])
    .where((eb) => access.dialect.isOneOf(eb.ref('hash'), [...byHash.keys()]))
    .execute();
  for (const row of found) own.texts.set(byHash.get(row.hash) ?? '', row.id);
}

/** Claims by ascending package version, all of one version on one page; of these versions when given. */
export function loadLicenceClaims(access: Access, { versionIds }: { readonly versionIds?: readonly number[] } = {}): Pages<LicenceClaimRow> {
  const rows = access.db
    .selectFrom('licence_claim')
    .innerJoin('licence_text', 'licence_text.id', 'licence_claim.text_id')
    .select(['package_version_id', 'source', 'said'])
    .orderBy('package_version_id')
    .orderBy('source')
    .orderBy('licence_text.hash')
    .$castTo<LicenceClaimRow>();
  return pagesByVersion(access, 'licence_claim', { versionIds, rowsAtOnce }, (isWanted) => rows.where(isWanted).execute());
}

/** Deletes the claims of package versions. */
export async function deleteLicenceClaims({ db, dialect }: Access, versionIds: readonly number[]): Promise<void> {
  await db
    .deleteFrom('licence_claim')
    .where((eb) => dialect.isOneOf(eb.ref('package_version_id'), versionIds))
    .execute();
}
