import type { Access } from '../tables.ts';
import { restartFeed } from './changes.ts';
import { raiseMeta } from './meta.ts';

/** Deletes everything folded and the list of what is left to do. No other process may be writing: it would go on with ids that are gone. */
export async function emptyDerived(access: Access, at: number): Promise<void> {
  const folded = [
    'receipt_work',
    'package',
    'package_version',
    'component',
    'component_ref',
    'evidence',
    'licence_claim',
    'licence_text',
    'licence_file',
    'advisory',
    'advisory_match',
    'advisory_name',
    'advisory_package',
    'finding_pack',
    'enrichment',
    'source',
    'registry_package',
    'end_of_life',
    'package_host',
    'hash_search',
    'sbom_quality',
    'attestation',
    'attestation_subject',
  ] as const;
  for (const table of folded) await access.db.deleteFrom(table).execute();
  await raiseMeta(access, 'generation');
  await restartFeed(access, 'emptied', at);
}
