import { quoted } from '#model/problem.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { isLicenceExpression } from '../licence-expression.ts';
import type { ProblemLog } from '../problem-log.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Gives the licences that references stand for, as expressions or names; those that say nothing give none. Each is made once. */
export function licenceTexts(elements: ReadonlyMap<string, Fields>, log: ProblemLog): (references: readonly string[]) => readonly string[] {
  const known = new Map<string, string | null>();
  const textOf = (reference: string): string | null => {
    const before = known.get(reference);
    if (before !== undefined) return before;
    const text = licenceOf(reference, elements, 0);
    known.set(reference, text);
    if (text !== null && !isLicenceExpression(text)) log.warning('bad-licence', `The licence ${quoted(text)} is no SPDX expression.`);
    return text;
  };
  return (references) => [...new Set(references.flatMap((each) => textOf(each) ?? []))];
}

const maxNesting = 50;

function licenceOf(reference: string, elements: ReadonlyMap<string, Fields>, depth: number): string | null {
  const fields = elements.get(reference);
  if (fields === undefined) return nameOf(reference);
  if (depth > maxNesting) return null;
  const said = (name: string): unknown => fields[`expandedlicensing_${name}`] ?? fields[`simplelicensing_${name}`] ?? fields[name];
  const part = (value: unknown): string | null => licenceOf(asString(value) ?? asString(asObject(value)?.['spdxId']) ?? '', elements, depth + 1);
  const expression = asString(said('licenseExpression'))?.trim() ?? '';
  if (expression !== '') return isNothing(expression) ? null : expression;
  const members = asArray(said('member')).flatMap((each) => part(each) ?? []);
  const type = (asString(fields['type']) ?? asString(fields['@type']) ?? '').replace(/^.*[/_:]/, '');
  switch (type) {
    case 'ConjunctiveLicenseSet':
      return grouped(members, ' AND ');
    case 'DisjunctiveLicenseSet':
      return grouped(members, ' OR ');
    case 'OrLaterOperator': {
      const licence = part(said('subjectLicense'));
      return licence === null ? null : `${licence}+`;
    }
    case 'WithAdditionOperator': {
      const [licence, addition] = [part(said('subjectExtendableLicense')), part(said('subjectAddition'))];
      return licence === null || addition === null ? licence : `${licence} WITH ${addition}`;
    }
    case 'NoneLicense':
    case 'NoAssertionLicense':
      return null;
    default:
      return nameOf(reference) ?? asString(fields['name']);
  }
}

/** The id of a listed licence, or of one of the document's own, from its address. Of other addresses none can be told. */
function nameOf(reference: string): string | null {
  const name = reference.slice(Math.max(reference.lastIndexOf('/'), reference.lastIndexOf('#')) + 1);
  if (isNothing(name) || /^(?:None|NoAssertion|NoneLicense|NoAssertionLicense)$/.test(name)) return null;
  return /spdx\.org\/licenses\//.test(reference) || /^LicenseRef-/.test(name) ? name : null;
}

function grouped(members: readonly string[], operator: string): string | null {
  return members.length === 0 ? null : members.map((each) => (/ (?:AND|OR) /.test(each) ? `(${each})` : each)).join(operator);
}

function isNothing(text: string): boolean {
  return text === 'NOASSERTION' || text === 'NONE' || text === '';
}
