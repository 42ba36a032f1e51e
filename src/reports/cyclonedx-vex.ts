import { parsePurl } from '#language/purl.ts';
import { uuidOf } from './sbom/content-id.ts';
import { cycloneDxVulnerability } from './shared/cyclonedx-vulnerability.ts';
import { hashOfFacts, saidAt, written, type IssuedStatement, type VexReport } from './shared/vex-report.ts';

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
      serialNumber: `urn:uuid:${uuidOf(hashOfFacts(facts))}`,
      version: 1,
      metadata: {
        timestamp: saidAt(facts),
        tools: { components: [{ type: 'application', name: 'Guildhall' }] },
        component: { type: 'application', 'bom-ref': 'scope', name: facts.scope },
        supplier: { name: facts.office },
      },
      components: [...byProduct].map(([product, statements]) => componentOf(product, statements)),
      vulnerabilities: facts.statements.map((each) => cycloneDxVulnerability(each, refsOf(each))),
    });
  },
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

function refsOf({ product, packages }: IssuedStatement): readonly string[] {
  return packages.length === 0 ? [product] : packages.map((purl) => `${product}|${purl}`);
}
