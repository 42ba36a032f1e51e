import { parsePurl } from '#language/purl.ts';
import { vexJustificationOf } from '#language/vex/justifications.ts';
import { textOfStatement } from '#language/vex/statement-text.ts';
import type { StatementState } from '#model/statement.ts';
import { hashOfFacts, saidAt, systemOf, written, type IssuedStatement, type VexFacts, type VexReport } from './shared/vex-report.ts';

/** CSAF 2.0, profile VEX (https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html#45-profile-5-vex). */
export const csaf: VexReport = {
  id: 'csaf',
  title: 'CSAF 2.0, VEX profile',
  spec: 'https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html',
  mediaType: 'application/json',
  ending: 'csaf.json',
  write: (facts) => {
    const byVulnerability = Map.groupBy(facts.statements, ({ ids }) => cveOf(ids) ?? ids.join(' '));
    return written({
      document: documentOf(facts),
      product_tree: productTreeOf(facts.statements),
      vulnerabilities: [...byVulnerability.values()].map(vulnerabilityOf),
    });
  },
};

function documentOf(facts: VexFacts): object {
  const at = saidAt(facts);
  return {
    category: 'csaf_vex',
    csaf_version: '2.0',
    lang: 'en',
    title: `Vulnerabilities in the open source of ${facts.scope}`,
    publisher: { category: 'vendor', name: facts.office, namespace: `urn:guildhall:${encodeURIComponent(facts.office)}` },
    tracking: {
      id: `guildhall-${hashOfFacts(facts).slice(0, 32)}`,
      status: 'final',
      version: '1',
      initial_release_date: at,
      current_release_date: at,
      revision_history: [{ number: '1', date: at, summary: 'What was decided up to then.' }],
      generator: { engine: { name: 'Guildhall' } },
    },
  };
}

/** Every component and every package, and each package as a part of its component. */
function productTreeOf(statements: readonly IssuedStatement[]): object {
  const components = [...new Set(statements.map(({ product }) => product))].sort();
  const packages = [...new Set(statements.flatMap((each) => each.packages))].sort();
  const parts = new Map(statements.flatMap(({ product, packages: of }) => of.map((purl) => [partId(product, purl), { product, purl }] as const)));
  const relationships = [...parts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { product, purl }]) => ({
      category: 'default_component_of',
      product_reference: purl,
      relates_to_product_reference: product,
      full_product_name: { product_id: id, name: `${purl} in ${product}` },
    }));
  return {
    full_product_names: [
      ...components.map((ref) => ({ product_id: ref, name: ref })),
      ...packages.map((purl) => ({ product_id: purl, name: purl, product_identification_helper: { purl } })),
    ],
    ...(relationships.length === 0 ? {} : { relationships }),
  };
}

const statusOf: Readonly<Record<StatementState, string>> = {
  'in-triage': 'under_investigation',
  exploitable: 'known_affected',
  'not-affected': 'known_not_affected',
  'false-positive': 'known_not_affected',
  accepted: 'known_affected',
  workaround: 'known_affected',
  fixed: 'fixed',
};

function vulnerabilityOf(statements: readonly IssuedStatement[]): object {
  const ids = [...new Set(statements.flatMap((each) => each.ids))].sort();
  const cve = cveOf(ids);
  const others = ids.filter((id) => id !== cve);
  const status = new Map<string, string[]>();
  for (const each of statements) {
    const name = statusOf[each.state];
    status.set(name, [...(status.get(name) ?? []), ...productIds(each)]);
  }
  const flags = statements.flatMap((each) =>
    each.justification === null || each.state !== 'not-affected'
      ? []
      : [{ label: vexJustificationOf[each.justification], date: each.at, product_ids: productIds(each) }],
  );
  const isAffected = (each: IssuedStatement) => statusOf[each.state] === 'known_affected';
  const remediations = statements.filter(isAffected).map((each) => ({
    category: remediationOf(each),
    details: textOfStatement(each),
    date: each.at,
    product_ids: productIds(each),
  }));
  const threats = statements
    .filter((each) => !isAffected(each))
    .map((each) => ({ category: 'impact', details: textOfStatement(each), date: each.at, product_ids: productIds(each) }));
  return {
    ...(cve === null ? {} : { cve }),
    ...(others.length === 0 ? {} : { ids: others.map((id) => ({ system_name: systemOf(id), text: id })) }),
    notes: [{ category: 'summary', title: 'Vulnerability', text: ids.join(', ') }],
    product_status: Object.fromEntries([...status].sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(flags.length === 0 ? {} : { flags }),
    ...(remediations.length === 0 ? {} : { remediations }),
    ...(threats.length === 0 ? {} : { threats }),
  };
}

/** CSAF's word for what is done; it has none for "is being worked on". */
function remediationOf({ state, responses }: IssuedStatement): string {
  if (state === 'accepted') return 'no_fix_planned';
  if (state === 'workaround') return 'workaround';
  return responses.includes('update') || responses.includes('rollback') ? 'vendor_fix' : 'none_available';
}

function productIds({ product, packages }: IssuedStatement): readonly string[] {
  return packages.length === 0 ? [product] : packages.map((purl) => partId(product, purl));
}

function partId(product: string, purl: string): string {
  return `${product}|${parsePurl(purl) === null ? encodeURIComponent(purl) : purl}`;
}

function cveOf(ids: readonly string[]): string | null {
  return ids.find((id) => /^CVE-\d{4}-\d{4,}$/.test(id)) ?? null;
}
