import type { EvidenceQuestion } from '#desk/evidence/drawings.ts';
import type { Framework } from '#reports/controls/control.ts';

/** How much of the estate was observed at all. */
export type Coverage = {
  readonly components: number;
  readonly read: number;
  readonly notRead: number;
  readonly stale: number;
  readonly withoutOwner: number;
};

/** What a pack holds, for whoever opens it first, in Markdown. */
export function evidenceIndex(
  name: string,
  question: EvidenceQuestion,
  population: { readonly count: number; readonly hash: string },
  sample: readonly string[],
  coverage: Coverage,
  frameworks: readonly Framework[],
  hasLedger: boolean,
): string {
  const { asOf, known, seed, size, team, severity, about } = question;
  return `# Evidence of ${text(name)}

| asked for | |
| --- | --- |
| population | ${question.population}${team === null ? '' : ` of team ${text(team)}`}${severity === null ? '' : `, ${severity} only`}${about === null ? '' : `, that name ${text(about)}`} |
| state at the end of | ${asOf} (UTC) |
| as known and decided until the end of | ${known} (UTC) |
| rows | ${String(population.count)}, in \`population.csv\` |
| SHA-256 over their sorted ids, one a line | \`${population.hash}\` |
| sample | ${String(sample.length)} of ${String(size)} asked for, seed \`${text(seed)}\` |

## How the sample was drawn

For each id SHA-256 over seed, one NUL byte and id; the ids with the least digests, in that order. \`printf '%s\\0%s' SEED ID | sha256sum\` gives the digest.

${sample.map((id, index) => `1. [${text(id)}](sample/${String(index + 1).padStart(4, '0')}.json)`).join('\n')}

Each file holds the chain of its row: a finding down to matches, facts, readings, receipts and hashes of raw bytes, with what was decided of it; a decision with all acts about it and their hashes in the ledger, to which \`ledger.json\` gives head and newest checkpoint; a component with its last observation. ${
    hasLedger
      ? '`ledger.jsonl` is the whole ledger as it is now, and `checkpoint.json` the newest signed head, if there is one: `guildhall-verify-ledger --export ledger.jsonl --checkpoint checkpoint.json --key FILE.pub` proves it, best with a checkpoint that was kept elsewhere.'
      : '`guildhall ledger export` and `guildhall-verify-ledger` prove the ledger.'
  }

## What was not observed

Of ${String(coverage.components)} components ${String(coverage.read)} were read and ${String(coverage.notRead)} were not; ${String(coverage.stale)} are stale, ${String(coverage.withoutOwner)} have no owner. What was not read can have no finding here: its absence says nothing. Of a past day, what advisories say now is used, as far as it was known until the day above.

## What it shows of which rule

In our words; the text of the rule counts.

${frameworks.map(({ title, source, controls }) => `### ${title}\n\n<${source}>\n\n| part | asks | shown by |\n| --- | --- | --- |\n${controls.map(({ id, asks, shownBy }) => `| ${id} | ${asks} | ${shownBy} |`).join('\n')}`).join('\n\n')}

\`manifest.json\` has the SHA-256 of every other file.
`;
}

/** Text from outside as text, whatever signs of Markdown or HTML it holds. */
function text(value: string): string {
  return value.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').replaceAll(/[\\`*_[\]<>|#&!]/g, '\\$&');
}
