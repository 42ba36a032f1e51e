import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csaf as readsCsaf } from '#formats/csaf.ts';
import { cyclonedx as readsCycloneDx } from '#formats/cyclonedx.ts';
import { openvex as readsOpenVex } from '#formats/openvex.ts';
import { justifications, statementResponses, statementStates, type Statement } from '#model/statement.ts';
import { csaf } from '#reports/csaf.ts';
import { cyclonedxVex } from '#reports/cyclonedx-vex.ts';
import { openvex } from '#reports/openvex.ts';
import { sortedStatements, type IssuedStatement, type VexFacts, type VexReport } from '#reports/shared/vex-report.ts';
import { vexFaults } from './test-vex-shape.ts';

const forms = [
  { report: openvex, format: readsOpenVex },
  { report: csaf, format: readsCsaf },
  { report: cyclonedxVex, format: readsCycloneDx },
] as const;

const text = fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }).filter((each) => each.trim() !== '' && each.isWellFormed());
const hostile = fc.constantFrom(
  '=cmd|calc!A1',
  '<script>alert(1)</script>',
  '\u001b[31mred',
  'until 2030-01-01. (update).\nAccepted risk.',
  '"]}',
  '__proto__',
);
const time = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }).map((each) => each.toISOString());
const purl = fc.constantFrom(
  'pkg:npm/lodash@4.17.20',
  'pkg:npm/%40acme/ui@1.0.0',
  'pkg:maven/org.acme/api@1.0-SNAPSHOT',
  'pkg:golang/example.com/x@v1.2.3',
  'pkg:pypi/requests',
);
const issued = fc
  .record({
    number: fc.integer({ min: 1000, max: 1020 }),
    alias: fc.boolean(),
    state: fc.constantFrom(...statementStates),
    product: fc.constantFrom('component:acme/shop', 'component:acme/web-ui', 'component:uploads/odd.name'),
    packages: fc.uniqueArray(purl, { maxLength: 3 }).map((each) => each.sort()),
    justification: fc.constantFrom(...justifications),
    responses: fc.subarray([...statementResponses]),
    detail: fc.oneof(fc.constant(null), text, hostile),
    at: time,
    until: fc.oneof(fc.constant(null), time),
    approval: fc.constantFrom('approved' as const, 'not-needed' as const),
  })
  .map(({ number, alias, ...rest }): IssuedStatement => ({
    ...rest,
    line: null,
    ids: alias ? [`CVE-2021-${String(number)}`, `GHSA-aaaa-bbbb-${String(number)}`] : [`GHSA-cccc-dddd-${String(number)}`],
    justification: rest.state === 'not-affected' ? rest.justification : null,
  }));
const facts = fc
  .uniqueArray(issued, { minLength: 1, maxLength: 8, selector: ({ ids, product }) => `${product} ${ids.join(' ')}` })
  .map((statements): VexFacts => ({ office: 'Acme', scope: 'Acme', statements: sortedStatements(statements) }));

/** What a statement says, one line for each package, in no order. */
function lines(statements: readonly Statement[]): readonly string[] {
  return statements
    .flatMap((each) => (each.packages.length === 0 ? [null] : each.packages).map((one) => [one, each] as const))
    .map(([one, each]) =>
      JSON.stringify([[...each.ids].sort(), each.product, one, each.state, each.justification, each.responses, each.detail, each.at, each.until]),
    )
    .sort();
}

function readBack({ report, format }: (typeof forms)[number], of: VexFacts): readonly Statement[] {
  const result = format.parse({ path: 'vex.json', bytes: new TextEncoder().encode(report.write(of)) }, { read: () => null });
  expect(result.problems.filter(({ code }) => code !== 'no-packages')).toEqual([]);
  return result.statements ?? [];
}

describe.each(forms)('$report.title', (form) => {
  it('says the same when it is read back, whatever was decided', () => {
    fc.assert(
      fc.property(facts, (of) => {
        expect(lines(readBack(form, of))).toEqual(lines(of.statements));
      }),
      { numRuns: 150 },
    );
  });

  it('has the form that its specification asks for', () => {
    fc.assert(
      fc.property(facts, (of) => {
        expect(vexFaults(form.report.id, JSON.parse(form.report.write(of)))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('is the same bytes for the same facts, in whatever order they come', () => {
    fc.assert(
      fc.property(facts, (of) => {
        const turned = { ...of, statements: sortedStatements([...of.statements].reverse()) };
        expect(form.report.write(turned)).toBe(form.report.write(of));
      }),
      { numRuns: 30 },
    );
  });
});

const one = (state: Statement['state'], more: Partial<IssuedStatement> = {}): VexFacts => ({
  office: 'Acme',
  scope: 'component:acme/shop',
  statements: [
    {
      ids: ['CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm'],
      state,
      product: 'component:acme/shop',
      packages: ['pkg:npm/lodash@4.17.20'],
      justification: null,
      responses: [],
      detail: null,
      at: '2021-06-01T09:00:00.000Z',
      until: null,
      line: null,
      approval: 'not-needed',
      ...more,
    },
  ],
});

describe('what each state becomes', () => {
  const until = '2021-12-01T00:00:00.000Z';
  it.each<[name: string, of: VexFacts, openvexStatus: string, csafStatus: string, cyclonedxState: string]>([
    [
      'an accepted risk is affected, never not affected',
      one('accepted', { until, responses: ['will_not_fix'] }),
      'affected',
      'known_affected',
      'exploitable',
    ],
    ['a workaround is affected', one('workaround', { until, responses: ['workaround_available'] }), 'affected', 'known_affected', 'exploitable'],
    ['being worked on is affected', one('exploitable', { responses: ['update'] }), 'affected', 'known_affected', 'exploitable'],
    ['in triage is under investigation', one('in-triage'), 'under_investigation', 'under_investigation', 'in_triage'],
    [
      'not affected is not affected',
      one('not-affected', { justification: 'requires_environment' }),
      'not_affected',
      'known_not_affected',
      'not_affected',
    ],
    ['a false positive is not affected', one('false-positive'), 'not_affected', 'known_not_affected', 'false_positive'],
    ['fixed is fixed', one('fixed'), 'fixed', 'fixed', 'resolved'],
  ])('%s', (_, of, openvexStatus, csafStatus, cyclonedxState) => {
    const parsed = (report: VexReport): unknown => JSON.parse(report.write(of)) as unknown;
    expect(parsed(openvex)).toMatchObject({ statements: [{ status: openvexStatus }] });
    expect(parsed(csaf)).toMatchObject({ vulnerabilities: [{ product_status: { [csafStatus]: ['component:acme/shop|pkg:npm/lodash@4.17.20'] } }] });
    expect(parsed(cyclonedxVex)).toMatchObject({ vulnerabilities: [{ analysis: { state: cyclonedxState } }] });
  });
});
