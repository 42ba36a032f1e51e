import { spdxLicenceId } from './licence-ids.ts';
import { termsOf, type LicenceExpression, type LicenceTerm } from './expression.ts';
import { normalForm } from './normal-form.ts';

/** Whether licences that one has suffice for an expression: all of an AND, one of an OR; `+` and `-or-later` reach later versions of the same licence. */
export function satisfies(expression: LicenceExpression, had: readonly LicenceTerm[]): boolean {
  const terms = had.map(normalForm).flatMap(termsOf);
  return holds(normalForm(expression), terms);
}

function holds(expression: LicenceExpression, had: readonly LicenceTerm[]): boolean {
  switch (expression.kind) {
    case 'licence':
      return had.some((each) => meets(expression, each));
    case 'and':
      return expression.of.every((each) => holds(each, had));
    case 'or':
      return expression.of.some((each) => holds(each, had));
    default:
      return expression satisfies never;
  }
}

/** Two licences meet where some version is in the reach of both. */
function meets(a: LicenceTerm, b: LicenceTerm): boolean {
  if (a.exception !== b.exception) return false;
  const [left, right] = [lineOf(a), lineOf(b)];
  if (left.line !== right.line) return false;
  if (left.version === null || right.version === null) return a.id === b.id;
  const order = compareVersions(left.version, right.version);
  if (order === 0) return true;
  return order < 0 ? left.isOpen : right.isOpen;
}

type Line = { readonly line: string; readonly version: readonly number[] | null; readonly isOpen: boolean };

/** `LGPL-2.1-or-later` is of the line `LGPL`, from 2.1 on. A name whose rest is more than a version is a line of its own. */
function lineOf({ id, orLater }: LicenceTerm): Line {
  const [, line, version, suffix] = /^([A-Za-z][A-Za-z-]*?)-(\d+(?:\.\d+)*)(-only|-or-later)?$/.exec(id) ?? [];
  if (line === undefined || version === undefined || spdxLicenceId(id) === null) return { line: id, version: null, isOpen: false };
  return { line, version: version.split('.').map(Number), isOpen: orLater || suffix === '-or-later' };
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
