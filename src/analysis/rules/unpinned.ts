import { z } from 'zod';
import { severityLevels } from '#model/advisory.ts';
import type { NamedCount } from '#model/supply.ts';
import { fileRule, type RuleFinding } from '../rule.ts';

/** Entries of a file that do not say exactly what is taken. */
export const unpinned = fileRule({
  id: 'unpinned',
  title: 'Unpinned or without a hash',
  finds: 'A file with entries that name a range instead of a version, or no hash of what is to be taken: one finding a file and kind.',
  cannotSee: 'Hashes in files whose format has no place for them, or whose reader does not look at them yet; those are unknown.',
  explain: 'Two builds of the same source may hold different code, and nobody notices when what is fetched was replaced.',
  remedy: 'Commit a lockfile with hashes and build from it alone (`npm ci`, `pip install --require-hashes`, …).',
  past: 'What a file says of hashes is kept for its present state only.',
  settings: z.strictObject({
    severity: z.enum(severityLevels).default('low'),
    ranges: z.boolean().default(true),
    hashes: z.boolean().default(true),
  }),
  judge({ path, kind, entries, ranges, supply }, settings) {
    // A supplier's SBOM says what was built, not what to take.
    if (kind === 'sbom' || entries === 0) return { kind: 'fine' };
    const withoutHash = supply?.withoutHash ?? null;
    const findings: RuleFinding[] = [];
    if (settings.ranges && ranges.count > 0)
      findings.push({ subject: `${path} ranges`, reason: `${path} gives only a range for ${counted(ranges, entries)}.`, since: null });
    if (settings.hashes && kind === 'lockfile' && withoutHash !== null && withoutHash.count > 0)
      findings.push({ subject: `${path} hashes`, reason: `${path} has no hash for ${counted(withoutHash, entries)}.`, since: null });
    if (findings.length > 0) return { kind: 'found', findings };
    if (settings.hashes && kind === 'lockfile' && withoutHash === null)
      return { kind: 'unknown', because: 'The reader of this file does not tell of hashes.' };
    return { kind: 'fine' };
  },
});

function counted({ count, some }: NamedCount, entries: number): string {
  return `${String(count)} of ${String(entries)} packages (${some.join(', ')}${count > some.length ? ', …' : ''})`;
}
