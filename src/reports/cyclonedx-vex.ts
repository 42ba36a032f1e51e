import { parsePurl } from '#language/purl.ts';
import type { StatementState } from '#model/statement.ts';
import { hashOfFacts, saidAt, systemOf, written, type IssuedStatement, type VexReport } from './shared/vex-report.ts';

/** VEX in CycloneDX 1.6. */
export const cyclonedxVex: VexReport = {
  id: 'cyclonedx',
  title: 'CycloneDX 1.6, VEX',
  spec: 'https://cyclonedx.org/docs/1.6/json/#vulnerabilities',
  mediaType: 'application/vnd.cyclonedx+json',
  ending: 'vex.cdx.json',
  write: (facts) => {
    const byProduct = Map.groupBy(facts.statements, ({ product }) => product);
    return written({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      serialNumber: serialNumberOf(hashOfFacts(facts)),
      version: 1,
      metadata: {
        timestamp: saidAt(facts),
        tools: { components: [{ type: 'application', name: 'Guildhall' }] },
        component: { type: 'application', 'bom-ref': 'scope', name: facts.scope },
        supplier: { name: facts.office },
      },
      components: [...byProduct].map(([product, statements]) => componentOf(product, statements)),
      vulnerabilities: facts.statements.map(vulnerabilityOf),
    });
  },
};

const stateOf: Readonly<Record<StatementState, string>> = {
  'in-triage': 'in_triage',
  exploitable: 'exploitable',
  'not-affected': 'not_affected',
  'false-positive': 'false_positive',
  accepted: 'exploitable',
  workaround: 'exploitable',
  fixed: 'resolved',
};

function componentOf(product: string, statements: readonly IssuedStatement[]): object {
  const packages = [...new Set(statements.flatMap((each) => each.packages))].sort();
  return {
    type: 'application',
    'bom-ref': product,
    name: product,
    ...(packages.length === 0 ? {} : { components: packages.map((purl) => partOf(product, purl)) }),
  };
}

function partOf(product: string, purl: string): object {
  const parts = parsePurl(purl);
  const group = parts?.namespace ?? null;
  return {
    type: 'library',
    'bom-ref': `${product}|${purl}`,
    ...(group === null ? {} : { group }),
    name: parts?.name ?? purl,
    ...(parts === null || parts.version === null ? {} : { version: parts.version }),
    purl,
  };
}

function vulnerabilityOf(statement: IssuedStatement): object {
  const { ids, state, product, packages, justification, responses, detail, at } = statement;
  const [id = '', ...others] = ids;
  return {
    id,
    source: { name: systemOf(id) },
    ...(others.length === 0 ? {} : { references: others.map((other) => ({ id: other, source: { name: systemOf(other) } })) }),
    analysis: {
      state: stateOf[state],
      ...(justification === null ? {} : { justification }),
      ...(responses.length === 0 ? {} : { response: responses }),
      ...(detail === null ? {} : { detail }),
      firstIssued: at,
      lastUpdated: at,
    },
    affects: packages.length === 0 ? [{ ref: product }] : packages.map((purl) => ({ ref: `${product}|${purl}` })),
    properties: propertiesOf(statement),
  };
}

/** What CycloneDX has no field for. */
function propertiesOf({ state, until, approval }: IssuedStatement): readonly object[] {
  return [
    { name: 'guildhall:verdict', value: state },
    ...(until === null ? [] : [{ name: 'guildhall:until', value: until }]),
    ...(state === 'accepted' ? [{ name: 'guildhall:approval', value: approval }] : []),
  ];
}

/** A UUID of version 8 (RFC 9562) made from a hash in hex. */
function serialNumberOf(hex: string): string {
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
