import { storedJson } from '#language/readers/json.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import type { AffectedPackage, Advisory, Severity } from '#model/advisory.ts';
import type { AdvisoryTable } from '#store/schema.ts';

/** What a record said from some time on, as far as judging goes. */
export type JudgedVersion = { readonly at: number; readonly withdrawn: boolean; readonly affected: readonly AffectedPackage[] };

/** The stored body of a record: what showing and judging need, and what it said before. */
export type AdvisoryBody = {
  readonly aliases: readonly string[];
  readonly related: readonly string[];
  readonly summary: string;
  readonly severity: readonly Severity[];
  readonly severityWord: string | null;
  /** Oldest first; the last one holds now. A version that changed only words is not one. */
  readonly versions: readonly JudgedVersion[];
  /** When we received the latest version of it, whatever changed. */
  readonly lastAt: number;
};

/** The body of a stored record. */
export function advisoryBodyOf(row: Pick<AdvisoryTable, 'body'>): AdvisoryBody {
  return storedJson(row.body) as AdvisoryBody;
}

/** The row after one more version of a record; the row itself when that version is not newer than what it holds. */
export function withVersion(
  before: AdvisoryTable | null,
  advisory: Advisory,
  raw: string,
  at: number,
): Omit<AdvisoryTable, 'id' | 'group_key'> | null {
  const body = before === null ? null : advisoryBodyOf(before);
  if (body !== null && at <= body.lastAt) return null;
  const next: JudgedVersion = { at, withdrawn: advisory.withdrawn !== null, affected: advisory.affected };
  const versions = body?.versions ?? [];
  const last = versions.at(-1);
  const isSame = last !== undefined && last.withdrawn === next.withdrawn && canonicalJson(last.affected) === canonicalJson(next.affected);
  const { aliases, related, summary, severity, severityWord } = advisory;
  const text: AdvisoryBody = { aliases, related, summary, severity, severityWord, versions: isSame ? versions : [...versions, next], lastAt: at };
  return {
    record: advisory.id,
    raw,
    published: advisory.published,
    modified: advisory.modified,
    withdrawn: advisory.withdrawn,
    body: canonicalJson(text),
    known_at: before?.known_at ?? at,
  };
}
