import type { AttestationTable, SbomQualityTable } from '../schema.ts';
import type { SbomQualityHead } from '../store.ts';
import type { Access } from '../tables.ts';
import { upsertRows } from './upsert-rows.ts';

/** How good SBOMs are and were, by component, path and time. */
export async function sbomQualities(
  { db }: Access,
  filter: { readonly component?: string; readonly receipt?: string; readonly latest?: true } = {},
): Promise<readonly SbomQualityHead[]> {
  let query = db.selectFrom('sbom_quality').select(headColumns).orderBy('component').orderBy('path').orderBy('valid_at').orderBy('raw');
  const { component, receipt, latest } = filter;
  if (component !== undefined) query = query.where('component', '=', component);
  if (receipt !== undefined) query = query.where('receipt', '=', receipt);
  if (latest === true)
    query = query.where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('sbom_quality as later')
            .select('later.raw')
            .whereRef('later.component', '=', 'sbom_quality.component')
            .whereRef('later.path', '=', 'sbom_quality.path')
            .whereRef('later.valid_at', '>', 'sbom_quality.valid_at'),
        ),
      ),
    );
  return query.execute();
}

const headColumns = ['component', 'path', 'valid_at', 'raw', 'receipt', 'seen_at', 'judge', 'keys', 'signature', 'standing'] as const;

/** What one row says at length; null when there is none. */
export async function sbomQualityBody(
  { db }: Access,
  { component, path, valid_at, raw }: Pick<SbomQualityTable, 'component' | 'path' | 'valid_at' | 'raw'>,
): Promise<string | null> {
  const row = await db
    .selectFrom('sbom_quality')
    .select('body')
    .where((eb) => eb.and({ component, path, valid_at, raw }))
    .executeTakeFirst();
  return row?.body ?? null;
}

/** Inserts or replaces by evidence, time and bytes. */
export async function putSbomQualities(access: Access, rows: readonly SbomQualityTable[]): Promise<void> {
  await upsertRows(
    access,
    { table: 'sbom_quality', columns: qualityColumns, key: ['component', 'path', 'valid_at', 'raw'], onConflict: 'replace' },
    rows,
  );
}

/** Forgets what was said of components that are gone, by ref. */
export async function deleteSbomQualities({ db, dialect }: Access, components: readonly string[]): Promise<void> {
  if (components.length === 0) return;
  await db
    .deleteFrom('sbom_quality')
    .where((eb) => dialect.isOneOf(eb.ref('component'), components))
    .execute();
}

/** Attestations by when they came; about these digests only where any are given. */
export async function attestations({ db, dialect }: Access, digests?: readonly string[]): Promise<readonly AttestationTable[]> {
  const all = db.selectFrom('attestation').selectAll().orderBy('received_at').orderBy('raw').orderBy('entry');
  if (digests === undefined) return all.execute();
  if (digests.length === 0) return [];
  return all
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('attestation_subject')
          .select('attestation_subject.digest')
          .whereRef('attestation_subject.raw', '=', 'attestation.raw')
          .whereRef('attestation_subject.entry', '=', 'attestation.entry')
          .where((inner) => dialect.isOneOf(inner.ref('attestation_subject.digest'), digests)),
      ),
    )
    .execute();
}

/** Inserts or replaces attestations, with the digests that each is about. */
export async function putAttestations(
  access: Access,
  rows: readonly { readonly row: AttestationTable; readonly digests: readonly string[] }[],
): Promise<void> {
  await upsertRows(
    access,
    { table: 'attestation', columns: attestationColumns, key: ['raw', 'entry'], onConflict: 'replace' },
    rows.map(({ row }) => row),
  );
  const subjects = rows.flatMap(({ row: { raw, entry }, digests }) => digests.map((digest) => ({ digest, raw, entry })));
  await upsertRows(access, { table: 'attestation_subject', columns: subjectColumns, key: ['digest', 'raw', 'entry'], onConflict: 'keep' }, subjects);
}

const qualityColumns = {
  component: 'text',
  path: 'text',
  valid_at: 'bigint',
  raw: 'text',
  receipt: 'text',
  seen_at: 'bigint',
  judge: 'bigint',
  keys: 'text',
  signature: 'text',
  standing: 'text',
  body: 'text',
} as const;

const attestationColumns = {
  raw: 'text',
  entry: 'bigint',
  component: 'text',
  receipt: 'text',
  received_at: 'bigint',
  keys: 'text',
  signature: 'text',
  body: 'text',
} as const;

const subjectColumns = { digest: 'text', raw: 'text', entry: 'bigint' } as const;
