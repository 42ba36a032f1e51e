import type { Approval } from '#model/approval.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { canonicalPurl, packageOfPurl } from '#language/purl.ts';
import type { ProblemLog } from './problem-log.ts';

/** Collects the approvals of one file, within a limit. */
export type ApprovalList = {
  /** Adds one; what names neither a package nor a licence is left out, with a problem. `where` names the entry: `Row 3`. */
  add(approval: Pick<Approval, 'says'> & Partial<Approval>, where: string): void;
  /** Counts an entry that is left out, by the sentence that says why: "is about security, not licences". */
  leaveOut(why: string): void;
  result(): ReadingResult;
};

const maxApprovals = 20_000;

/** An empty list of approvals that tells the log what it leaves out. */
export function approvalList(log: ProblemLog): ApprovalList {
  const approvals: Approval[] = [];
  const leftOut = new Map<string, number>();
  let tooMany = 0;
  return {
    add(said, where) {
      const place = said.line === undefined || said.line === null ? {} : { line: said.line };
      const [written, licence] = [textOf(said.package), textOf(said.licence)];
      const purl = written === null ? null : canonicalPurl(written);
      if (written !== null && (purl === null || packageOfPurl(purl) === null))
        log.warning('not-a-purl', `${where}: ${quoted(written)} is no package URL, so it was left out.`, place);
      else if (purl === null && licence === null)
        log.warning('no-package', `${where} names neither a package nor a licence, so it was left out.`, place);
      else if (said.says === 'concluded' && (purl === null || licence === null))
        log.warning('no-licence', `${where} concludes no licence of a package, so it was left out.`, place);
      else if (approvals.length === maxApprovals) tooMany += 1;
      else
        approvals.push({
          says: said.says,
          package: purl,
          range: textOf(said.range),
          licence,
          product: textOf(said.product),
          everywhere: said.everywhere ?? false,
          conditions: textOf(said.conditions),
          reason: textOf(said.reason),
          by: textOf(said.by),
          at: said.at ?? null,
          until: said.until ?? null,
          line: said.line ?? null,
        });
    },
    leaveOut(why) {
      leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
    },
    result() {
      for (const [why, count] of leftOut) log.warning('left-out', `${String(count)} left out: ${why}.`);
      if (tooMany > 0)
        log.error('too-many-approvals', `The file approves more than ${String(maxApprovals)} things; ${String(tooMany)} were left out.`);
      if (approvals.length === 0 && log.problems().length === 0) log.warning('nothing-approved', 'The file approves nothing.');
      return { ...unread(...log.problems()), approvals };
    },
  };
}

function textOf(value: string | null | undefined): string | null {
  const text = value?.trim() ?? '';
  return text === '' ? null : text;
}
