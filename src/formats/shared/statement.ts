import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import type { Statement } from '#model/statement.ts';
import { canonicalPurl } from '#language/purl.ts';
import type { ProblemLog } from './problem-log.ts';

/** Collects the statements of one file, within a limit. */
export type StatementList = {
  /** Adds one; without an id of a vulnerability it is left out, with a problem. */
  add(statement: Pick<Statement, 'ids' | 'state'> & Partial<Statement>): void;
  result(): ReadingResult;
};

const maxStatements = 20_000;
const maxIds = 50;

/** An empty list of statements that tells the log what it leaves out. */
export function statementList(log: ProblemLog): StatementList {
  const statements: Statement[] = [];
  let leftOut = 0;
  return {
    add({ ids, state, product = null, packages = [], justification = null, responses = [], detail = null, at = null, until = null, line = null }) {
      const known = [...new Set(ids.map((id) => id.trim()).filter(isVulnerabilityId))].slice(0, maxIds);
      if (known.length === 0) {
        log.warning('no-vulnerability', `${quoted(ids[0] ?? '')} is no id of a vulnerability, so what is said of it was left out.`, placeOf(line));
        return;
      }
      if (statements.length === maxStatements) leftOut += 1;
      else
        statements.push({
          ids: known,
          state,
          product,
          packages: [...new Set(packages.map((purl) => canonicalPurl(purl) ?? purl))],
          justification: state === 'not-affected' ? justification : null,
          responses: [...new Set(responses)],
          detail: detail === null || detail.trim() === '' ? null : detail,
          at,
          until,
          line,
        });
    },
    result() {
      if (leftOut > 0) log.error('too-many-statements', `The file says more than ${String(maxStatements)} things; ${String(leftOut)} were left out.`);
      return { ...unread(...log.problems()), statements };
    },
  };
}

/** Whether a text may be an id of a vulnerability: one word such as `CVE-2021-44228`, `SNYK-JS-LODASH-590103`, `sonatype-2021-0341`. */
export function isVulnerabilityId(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9._:/-]{2,120}$/.test(text) && (/\d/.test(text) || /^GHSA-/i.test(text)) && !text.startsWith('pkg:');
}

function placeOf(line: number | null): { readonly line?: number } {
  return line === null ? {} : { line };
}
