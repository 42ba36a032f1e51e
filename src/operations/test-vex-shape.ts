import { asArray, asObject, asString } from '#language/readers/json.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a VEX document gets wrong of its specification, as far as what we write can: one sentence each. For tests only. */
export function vexFaults(form: 'openvex' | 'csaf' | 'cyclonedx', document: unknown): readonly string[] {
  const fields = asObject(document) ?? {};
  if (form === 'openvex') return openVexFaults(fields);
  return form === 'csaf' ? csafFaults(fields) : cycloneDxFaults(fields);
}

const isTime = (value: unknown): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(asString(value) ?? '');
const isText = (value: unknown): boolean => (asString(value) ?? '') !== '';
const fivefold = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
];

/** https://github.com/openvex/spec/blob/main/openvex_json_schema.json */
function openVexFaults(document: Fields): readonly string[] {
  const faults = unless(document['@context'] === 'https://openvex.dev/ns/v0.2.0', '@context');
  faults.push(...unless(isText(document['@id']) && isText(document['author']), '@id, author'), ...unless(isTime(document['timestamp']), 'timestamp'));
  faults.push(...unless(Number.isInteger(document['version']), 'version'), ...unless(asArray(document['statements']).length > 0, 'statements'));
  const allowed = [
    'vulnerability',
    'timestamp',
    'products',
    'status',
    'status_notes',
    'justification',
    'impact_statement',
    'action_statement',
    'action_statement_timestamp',
  ];
  for (const each of asArray(document['statements'])) {
    const statement = asObject(each) ?? {};
    faults.push(...Object.keys(statement).filter((key) => !allowed.includes(key)));
    faults.push(...unless(isText(asObject(statement['vulnerability'])?.['name']), 'vulnerability.name'));
    faults.push(
      ...unless(
        asArray(statement['products']).every((one) => /^[a-z]+:[^\s]+$/.test(asString(asObject(one)?.['@id']) ?? '')),
        'products.@id',
      ),
    );
    if (statement['status'] === 'not_affected') faults.push(...unless(isText(statement['justification'] ?? statement['impact_statement']), 'impact'));
    else if (statement['status'] === 'affected') faults.push(...unless(isText(statement['action_statement']), 'action'));
    else faults.push(...unless(['fixed', 'under_investigation'].includes(asString(statement['status']) ?? ''), 'status'));
    if (statement['justification'] !== undefined)
      faults.push(...unless(fivefold.includes(asString(statement['justification']) ?? ''), 'justification'));
  }
  return faults;
}

/** The mandatory tests 6.1.1, 6.1.2, 6.1.6, 6.1.23, 6.1.27.7 to 6.1.27.11 of CSAF 2.0 and the fields that its schema asks for. */
function csafFaults(document: Fields): readonly string[] {
  const head = asObject(document['document']) ?? {};
  const tracking = asObject(head['tracking']) ?? {};
  const faults = unless(head['category'] === 'csaf_vex' && head['csaf_version'] === '2.0' && isText(head['title']), 'document');
  const publisher = asObject(head['publisher']) ?? {};
  faults.push(
    ...unless(
      isText(publisher['name']) && publisher['category'] === 'vendor' && /^\w+:\S+$/.test(asString(publisher['namespace']) ?? ''),
      'publisher',
    ),
  );
  faults.push(...unless(isText(tracking['id']) && tracking['status'] === 'final' && isTime(tracking['current_release_date']), 'tracking'));
  const tree = asObject(document['product_tree']) ?? {};
  const idOf = (value: unknown): string => asString(asObject(value)?.['product_id']) ?? '';
  const plain = asArray(tree['full_product_names']).map(idOf);
  const parts = asArray(tree['relationships']).map((each) => idOf(asObject(each)?.['full_product_name']));
  const defined = [...plain, ...parts];
  faults.push(...unless(new Set(defined).size === defined.length && !defined.includes(''), '6.1.2 product defined twice'));
  for (const each of asArray(tree['relationships'])) {
    const { product_reference: part, relates_to_product_reference: whole } = asObject(each) ?? {};
    faults.push(...unless(plain.includes(asString(part) ?? '') && plain.includes(asString(whole) ?? ''), '6.1.1 reference'));
  }
  const cves = asArray(document['vulnerabilities']).flatMap((each) => asString(asObject(each)?.['cve']) ?? []);
  faults.push(...unless(new Set(cves).size === cves.length, '6.1.23 CVE twice'));
  for (const each of asArray(document['vulnerabilities'])) faults.push(...csafVulnerabilityFaults(asObject(each) ?? {}, defined));
  return faults;
}

function csafVulnerabilityFaults(vulnerability: Fields, defined: readonly string[]): string[] {
  const status = asObject(vulnerability['product_status']) ?? {};
  const named = Object.values(status).flatMap(asArray);
  const faults = unless(Object.keys(status).length > 0, '6.1.27.8 product status');
  faults.push(...unless(vulnerability['cve'] !== undefined || asArray(vulnerability['ids']).length > 0, '6.1.27.9 id'));
  faults.push(...unless(asArray(vulnerability['notes']).length > 0, '6.1.27.5 notes'));
  faults.push(
    ...unless(
      named.every((id) => defined.includes(asString(id) ?? '')),
      '6.1.1 product',
    ),
  );
  faults.push(...unless(new Set(named).size === named.length, '6.1.6 contradicting status'));
  const products = (list: unknown): readonly unknown[] => asArray(list).flatMap((each) => asArray(asObject(each)?.['product_ids']));
  const impacts = [...products(vulnerability['flags']), ...products(vulnerability['threats'])];
  faults.push(
    ...unless(
      asArray(status['known_not_affected']).every((id) => impacts.includes(id)),
      '6.1.27.9 impact statement',
    ),
  );
  faults.push(
    ...unless(
      asArray(status['known_affected']).every((id) => products(vulnerability['remediations']).includes(id)),
      '6.1.27.10 action statement',
    ),
  );
  const flags = asArray(vulnerability['flags']).map((each) => asString(asObject(each)?.['label']) ?? '');
  faults.push(
    ...unless(
      flags.every((each) => fivefold.includes(each)),
      'flag',
    ),
  );
  const remedies = asArray(vulnerability['remediations']).map((each) => asString(asObject(each)?.['category']) ?? '');
  faults.push(
    ...unless(
      remedies.every((each) => ['mitigation', 'no_fix_planned', 'none_available', 'vendor_fix', 'workaround'].includes(each)),
      'remediation',
    ),
  );
  return faults;
}

/** https://cyclonedx.org/docs/1.6/json/ */
function cycloneDxFaults(bom: Fields): readonly string[] {
  const faults = unless(bom['bomFormat'] === 'CycloneDX' && bom['specVersion'] === '1.6' && bom['version'] === 1, 'head');
  faults.push(
    ...unless(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(asString(bom['serialNumber']) ?? ''), 'serialNumber'),
  );
  const refs: string[] = [asString(asObject(asObject(bom['metadata'])?.['component'])?.['bom-ref']) ?? ''];
  const walk = (list: unknown): void => {
    for (const each of asArray(list)) {
      const component = asObject(each) ?? {};
      refs.push(asString(component['bom-ref']) ?? '');
      faults.push(...unless(isText(component['name']) && isText(component['type']), 'component'));
      walk(component['components']);
    }
  };
  walk(bom['components']);
  faults.push(...unless(new Set(refs).size === refs.length && !refs.includes(''), 'bom-ref twice'));
  const allowed = ['state', 'justification', 'response', 'detail', 'firstIssued', 'lastUpdated'];
  for (const each of asArray(bom['vulnerabilities'])) {
    const { id, analysis, affects } = asObject(each) ?? {};
    const fields = asObject(analysis) ?? {};
    faults.push(...unless(isText(id), 'id'), ...Object.keys(fields).filter((key) => !allowed.includes(key)));
    faults.push(
      ...unless(
        asArray(affects).every((one) => refs.includes(asString(asObject(one)?.['ref']) ?? '')),
        'affects',
      ),
    );
    faults.push(...unless(isTime(fields['firstIssued']), 'firstIssued'));
  }
  return faults;
}

function unless(holds: boolean, fault: string): string[] {
  return holds ? [] : [fault];
}
