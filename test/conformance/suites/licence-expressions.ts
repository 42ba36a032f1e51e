import path from 'node:path';
import { parseExpression, printExpression, type LicenceExpression, type LicenceTerm } from '#language/spdx/expression.ts';
import { spdxLicenceId } from '#language/spdx/licence-ids.ts';
import { spdxExceptionId } from '#language/spdx/exception-ids.ts';
import { isDeprecatedId } from '#language/spdx/normal-form.ts';
import { satisfies } from '#language/spdx/satisfies.ts';
import { filesIn, jsonOf } from '../data-files.ts';
import { summed, type CaseResult, type Suite } from '../suite.ts';

/** SPDX licence expressions by the tests of three libraries, and the ids of the list itself. */
export const licenceExpressions: Suite = {
  id: 'licence-expressions',
  run(dir) {
    const folder = path.join(dir, 'spdx');
    if (filesIn(path.join(folder, 'go-spdx'), '.json').length === 0) return [];
    return [
      summed('go-spdx', 'parse', jsonOf<readonly GoParse[]>(path.join(folder, 'go-spdx'), 'TestParse.json').map(goParse)),
      summed('go-spdx', 'satisfies', [
        ...jsonOf<readonly GoSatisfies[]>(path.join(folder, 'go-spdx'), 'TestSatisfies.json').map(goSatisfies),
        ...jsonOf<readonly GoSatisfies[]>(path.join(folder, 'go-spdx'), 'TestSatisfies_FastPathValidation.json').map(goSatisfies),
      ]),
      summed('go-spdx', 'validate', jsonOf<readonly GoValidate[]>(path.join(folder, 'go-spdx'), 'TestValidateLicenses.json').map(goValidate)),
      summed(
        'spdx-expression-parse',
        'valid',
        jsonOf<readonly Validity[]>(path.join(folder, 'spdx-expression-parse'), 'validity.json').map(validity),
      ),
      summed('spdx-satisfies', 'satisfies', satisfiesCases(jsonOf<Examples>(path.join(folder, 'spdx-satisfies'), 'examples.json'))),
      summed('spdx-list', 'ids', listCases(path.join(folder, 'license-list'))),
    ];
  },
};

type GoParse = { readonly name: string; readonly expression: string; readonly nodestr: string; readonly err: unknown };
type GoSatisfies = {
  readonly name: string;
  readonly repoExpression: string;
  readonly allowedList: readonly string[];
  readonly satisfied?: boolean;
  readonly err?: unknown;
};
type GoValidate = { readonly name: string; readonly inputLicenses: readonly string[]; readonly invalidLicenses: readonly string[] };
type Validity = { readonly expression: string; readonly valid: boolean };
type Example = readonly [expression: string, allowed: readonly string[]];
type Examples = { readonly returnTrue: readonly Example[]; readonly returnFalse: readonly Example[]; readonly throwErrors: readonly Example[] };

function goParse({ name, expression, nodestr, err }: GoParse): CaseResult {
  const read = parseExpression(expression);
  const found = read.ok ? nested(read.expression) : '';
  return { name: `${name} ${JSON.stringify(expression)}`, ok: (err === null) === read.ok && found === nodestr, why: found };
}

/** As the library prints it: every list is a chain of pairs to the right. */
function nested(expression: LicenceExpression): string {
  if (expression.kind === 'licence') return printExpression(expression);
  const [first, ...rest] = expression.of;
  const right: LicenceExpression | undefined = rest.length === 1 ? rest[0] : { kind: expression.kind, of: rest };
  return first === undefined || right === undefined ? '' : `{ LEFT: ${nested(first)} ${expression.kind} RIGHT: ${nested(right)} }`;
}

function goSatisfies({ name, repoExpression, allowedList, satisfied = false, err = null }: GoSatisfies): CaseResult {
  const found = answer(repoExpression, allowedList);
  const wanted = err === null ? satisfied : 'error';
  return { name: `${name}: ${repoExpression} of ${allowedList.join(', ')}`, ok: found === wanted, why: String(found) };
}

function answer(text: string, allowed: readonly string[]): boolean | 'error' {
  const read = parseExpression(text);
  const terms: LicenceTerm[] = [];
  for (const each of allowed) {
    const term = parseExpression(each);
    if (!term.ok || term.expression.kind !== 'licence') return 'error';
    terms.push(term.expression);
  }
  return read.ok ? satisfies(read.expression, terms) : 'error';
}

function goValidate({ name, inputLicenses, invalidLicenses }: GoValidate): CaseResult {
  const found = inputLicenses.filter((text) => !parseExpression(text).ok);
  return { name, ok: JSON.stringify(found) === JSON.stringify(invalidLicenses), why: found.join(', ') };
}

function validity({ expression, valid }: Validity): CaseResult {
  return { name: JSON.stringify(expression), ok: parseExpression(expression).ok === valid };
}

function satisfiesCases({ returnTrue, returnFalse, throwErrors }: Examples): readonly CaseResult[] {
  const judged = (examples: readonly Example[], wanted: boolean | 'error'): readonly CaseResult[] =>
    examples.map(([text, allowed]) => {
      const found = answer(text, allowed);
      return { name: `${text} of ${allowed.join(', ')}`, ok: found === wanted, why: String(found) };
    });
  return [...judged(returnTrue, true), ...judged(returnFalse, false), ...judged(throwErrors, 'error')];
}

function listCases(folder: string): readonly CaseResult[] {
  const { licenses } = jsonOf<{ readonly licenses: readonly { readonly licenseId: string; readonly isDeprecatedLicenseId: boolean }[] }>(
    folder,
    'licenses.json',
  );
  const { exceptions } = jsonOf<{ readonly exceptions: readonly { readonly licenseExceptionId: string }[] }>(folder, 'exceptions.json');
  return [
    ...licenses.map(({ licenseId: id, isDeprecatedLicenseId: old }) => {
      const read = parseExpression(id.toLowerCase());
      const ok = read.ok && printExpression(read.expression) === id && spdxLicenceId(id.toUpperCase()) === id && (old || !isDeprecatedId(id));
      return { name: id, ok };
    }),
    ...exceptions.map(({ licenseExceptionId: id }) => ({
      name: id,
      ok: spdxExceptionId(id.toLowerCase()) === id && parseExpression(`MIT WITH ${id}`).ok,
    })),
  ];
}
