import { afterAll, describe, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import { seesAll } from '#model/visibility.ts';
import { testStores } from '#store/test-stores.ts';
import { decisionsOn } from './decisions-on.ts';
import { findingsMeeting } from './findings-meeting.ts';
import { loadEstate } from './follow-estate.ts';
import { importDecisions } from './import-decisions.ts';
import { openLiveDesk } from './live-desk.ts';
import { officeActor } from './office-actor.ts';
import { openTestOffice } from './test-office.ts';

const purl = 'pkg:npm/lodash@4.17.20';
const sbom = JSON.stringify({
  ...{ bomFormat: 'CycloneDX', specVersion: '1.6' },
  components: [{ type: 'library', 'bom-ref': 'lodash', name: 'lodash', version: '4.17.20', purl }],
});
// The record goes by its own id, the statements by its alias.
const record = {
  ...{ id: 'GHSA-35jh-r3h4-6jhm', modified: '2021-05-06T00:00:00Z', published: '2021-05-06T00:00:00Z', aliases: ['CVE-2021-23337'] },
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};

const forms: Readonly<Record<string, string>> = {
  'shop.openvex.json': JSON.stringify({
    ...{ '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'urn:x:1', author: 'them', timestamp: '2021-06-01T00:00:00Z', version: 1 },
    statements: [
      {
        ...{ vulnerability: { name: 'CVE-2021-23337' }, products: [{ '@id': purl }], status: 'not_affected' },
        ...{ justification: 'vulnerable_code_not_in_execute_path', impact_statement: 'Never called.' },
      },
    ],
  }),
  'shop.csaf.json': JSON.stringify({
    document: { csaf_version: '2.0', tracking: { current_release_date: '2021-06-01T00:00:00Z' } },
    product_tree: { full_product_names: [{ product_id: 'L', name: 'lodash', product_identification_helper: { purl } }] },
    vulnerabilities: [
      {
        ...{ cve: 'CVE-2021-23337', product_status: { known_not_affected: ['L'] } },
        flags: [{ label: 'vulnerable_code_not_in_execute_path', product_ids: ['L'] }],
        threats: [{ category: 'impact', details: 'Never called.', product_ids: ['L'] }],
      },
    ],
  }),
  'shop.cdx.json': JSON.stringify({
    ...{ bomFormat: 'CycloneDX', specVersion: '1.6' },
    vulnerabilities: [
      {
        ...{ id: 'CVE-2021-23337', affects: [{ ref: purl }] },
        analysis: { state: 'not_affected', justification: 'code_not_reachable', detail: 'Never called.' },
      },
    ],
  }),
  'shop.cdx.xml': `<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><vulnerabilities><vulnerability><id>CVE-2021-23337</id><analysis>
    <state>not_affected</state><justification>code_not_reachable</justification><detail>Never called.</detail></analysis>
    <affects><target><ref>${purl}</ref></target></affects></vulnerability></vulnerabilities></bom>`,
  'shop.spdx3.json': JSON.stringify({
    '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
    '@graph': [
      { type: 'security_Vulnerability', spdxId: 'urn:v', externalIdentifier: [{ externalIdentifierType: 'cve', identifier: 'CVE-2021-23337' }] },
      { type: 'software_Package', spdxId: 'urn:p', name: 'lodash', software_packageUrl: purl },
      {
        ...{
          type: 'security_VexNotAffectedVulnAssessmentRelationship',
          spdxId: 'urn:r',
          relationshipType: 'doesNotAffect',
          from: 'urn:v',
          to: ['urn:p'],
        },
        ...{ security_justificationType: 'vulnerableCodeNotInExecutePath', security_impactStatement: 'Never called.' },
      },
    ],
  }),
};

const orders = ['sbom vex advisory', 'sbom advisory vex', 'vex sbom advisory', 'vex advisory sbom', 'advisory sbom vex', 'advisory vex sbom'];

const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

describe.each(testStores())('VEX on $name', (kind) => {
  it.each(orders)('means the same in every form when things come in the order %s', async (order) => {
    for (const [file, text] of Object.entries(forms)) {
      const opened = await kind.open();
      const office = openTestOffice(opened, gateway);
      office.at('2021-06-01T09:00Z');
      const steps: Readonly<Record<string, () => Promise<unknown>>> = {
        sbom: () => office.scan({ 'bom.json': sbom }, { name: 'shop' }),
        advisory: () => office.sync(record),
        vex: async () => {
          const who = { component: null, actor: officeActor, visibility: seesAll, estateVisibility: seesAll };
          const wanted = { bytes: Buffer.from(text), file, formatId: null, ...who };
          return importDecisions(office.context, openLiveDesk(), await loadEstate(opened.store), wanted);
        },
      };
      for (const step of order.split(' ')) await steps[step]?.();
      const [estate, desk] = [await loadEstate(opened.store), await openLiveDesk().catchUp(opened.store)];
      const said = findingsMeeting(estate, { package: 'pkg:npm/lodash' }, seesAll).flatMap((place) =>
        decisionsOn(estate, desk, place, office.context.clock()).map((each) => [each.verdict, each.justification, each.standing, each.reason]),
      );
      expect({ file, said }).toEqual({ file, said: [['not-affected', 'code_not_reachable', 'unconfirmed', 'Never called.']] });
      await opened.drop();
    }
  });
});
