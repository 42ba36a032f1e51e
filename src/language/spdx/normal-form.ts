import { parseExpression, printExpression, printTerm, type LicenceExpression, type LicenceTerm } from './expression.ts';

/**
 * The same expression in one way of writing: deprecated ids by those that took their place, nested lists of one kind joined, members sorted and each once.
 * Two texts that mean the same by these rules print the same.
 */
export function normalForm(expression: LicenceExpression): LicenceExpression {
  if (expression.kind === 'licence') return renewed(expression);
  const members = expression.of.map(normalForm).flatMap((each) => (each.kind === expression.kind ? each.of : [each]));
  const unique = new Map(members.map((each) => [printExpression(each), each]));
  const of = [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  const [first] = of;
  return of.length === 1 && first !== undefined ? first : { kind: expression.kind, of };
}

/** Whether an id of the list was replaced by others: it still means what it meant. */
export function isDeprecatedId(id: string): boolean {
  return /^(?:A|L)?GPL-\d\.\d$|^GFDL-\d\.\d$/.test(id) || successors.has(id);
}

const successors: ReadonlyMap<string, string> = new Map([
  ['AGPL-1.0', 'AGPL-1.0-only'],
  ['BSD-2-Clause-FreeBSD', 'BSD-2-Clause-Views'],
  ['BSD-2-Clause-NetBSD', 'BSD-2-Clause'],
  ['eCos-2.0', 'GPL-2.0-or-later WITH eCos-exception-2.0'],
  ['GPL-2.0-with-autoconf-exception', 'GPL-2.0-only WITH Autoconf-exception-2.0'],
  ['GPL-2.0-with-bison-exception', 'GPL-2.0-only WITH Bison-exception-2.2'],
  ['GPL-2.0-with-classpath-exception', 'GPL-2.0-only WITH Classpath-exception-2.0'],
  ['GPL-2.0-with-font-exception', 'GPL-2.0-only WITH Font-exception-2.0'],
  ['GPL-2.0-with-GCC-exception', 'GPL-2.0-only WITH GCC-exception-2.0'],
  ['GPL-3.0-with-autoconf-exception', 'GPL-3.0-only WITH Autoconf-exception-3.0'],
  ['GPL-3.0-with-GCC-exception', 'GPL-3.0-only WITH GCC-exception-3.1'],
  ['StandardML-NJ', 'SMLNJ'],
  ['wxWindows', 'LGPL-2.0-or-later WITH WxWindows-exception-3.1'],
]);

const gnu = /^((?:A|L)?GPL-\d\.\d|GFDL-\d\.\d)(-only|-or-later)?$/;

function renewed(term: LicenceTerm): LicenceExpression {
  const [, family, suffix] = gnu.exec(term.id) ?? [];
  if (family !== undefined) {
    const isOpen = term.orLater || suffix === '-or-later';
    return { ...term, id: `${family}${isOpen ? '-or-later' : '-only'}`, orLater: false };
  }
  const successor = successors.get(term.id);
  if (successor === undefined) return term;
  const read = parseExpression(successor);
  // One that brings an exception of its own cannot take another.
  if (!read.ok || read.expression.kind !== 'licence' || (term.exception !== null && read.expression.exception !== null)) return term;
  return { ...read.expression, exception: read.expression.exception ?? term.exception };
}

/** A key of an expression: the same for all that mean the same by `normalForm`. */
export function expressionKey(expression: LicenceExpression): string {
  return printExpression(normalForm(expression));
}

/** A key of one licence, deprecated ids by their successors. */
export function termKey(term: LicenceTerm): string {
  const renewedTerm = renewed(term);
  return renewedTerm.kind === 'licence' ? printTerm(renewedTerm) : printExpression(renewedTerm);
}
