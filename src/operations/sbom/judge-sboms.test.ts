import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import type { TrustedKey } from '#language/attestation/check-signatures.ts';
import { preAuthEncoding } from '#language/attestation/pae.ts';
import { testStores } from '#store/test-stores.ts';
import { canonicalEstate } from '../canonical-estate.ts';
import { loadEstate } from '../follow-estate.ts';
import { rebuild } from '../rebuild.ts';
import { openTestOffice, type TestOffice } from '../test-office.ts';
import { judgeSboms } from './judge-sboms.ts';
import { takeAttestation } from './take-attestation.ts';

const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

const [own, other] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
const keys: readonly TrustedKey[] = [{ name: 'builds', keyId: null, key: own.publicKey }];
const goesOn = (): void => undefined;

const lodash = { type: 'library', 'bom-ref': 'a', name: 'lodash', version: '4.17.21', purl: 'pkg:npm/lodash@4.17.21' };
const bare = JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [lodash] });
const better = JSON.stringify({
  ...{ bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79' },
  metadata: { timestamp: '2026-01-02T00:00:00Z', component: { type: 'application', 'bom-ref': 'main', name: 'shop', version: '1' } },
  components: [{ ...lodash, supplier: { name: 'OpenJS Foundation' } }],
  dependencies: [{ ref: 'main', dependsOn: ['a'] }, { ref: 'a' }],
});

function enveloped(statement: object, by = own): string {
  const payload = Buffer.from(JSON.stringify(statement));
  const payloadType = 'application/vnd.in-toto+json';
  const sig = sign(null, preAuthEncoding(payloadType, payload), by.privateKey).toString('base64');
  return JSON.stringify({ payload: payload.toString('base64'), payloadType, signatures: [{ sig }] });
}
const about = (text: string): object => ({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'bom.json', digest: { sha256: createHash('sha256').update(text).digest('hex') } }],
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: { runDetails: { builder: { id: 'https://builds.example.com/runner' } } },
});
const attest = (office: TestOffice, text: string, component: string | null = null) => takeAttestation(office.context, Buffer.from(text), component);

async function standings(office: TestOffice): Promise<readonly string[]> {
  const { sboms } = await loadEstate(office.context.store);
  // What is no SBOM is judged once and passed over from then on.
  return [...sboms.values()]
    .filter(({ isSbom }) => isSbom)
    .map(({ path, form, scores, signature }) => `${path} ${form ?? '-'} ${String(scores?.all ?? '-')} ${signature.state} ${signature.key ?? '-'}`);
}

describe.each(testStores())('SBOMs in use on $name', ({ open }) => {
  async function withOffice(work: (office: TestOffice) => Promise<void>): Promise<void> {
    const opened = await open();
    const office = openTestOffice(opened, gateway);
    try {
      office.at('2026-01-05T00:00:00Z');
      await work(office);
    } finally {
      await opened.drop();
    }
  }

  it('are judged once, again when replaced, and the same after a rebuild', { timeout: 120_000 }, () =>
    withOffice(async (office) => {
      const { store } = office.context;
      await office.upload('shop', bare);
      office.at('2026-01-06T00:00:00Z');
      await office.upload('shop', better);
      await office.upload('shop', '{"bomFormat": "CycloneDX", ', 'broken');
      await office.upload('till', '{"guildhallImage":1,"image":{},"files":[]}');
      await office.scan({ 'bom.json': bare, 'package.json': '{"name":"web"}' }, { name: 'web' });
      expect(await judgeSboms(office.context, keys, goesOn)).toBe(5);
      expect(await judgeSboms(office.context, keys, goesOn)).toBe(0);
      const expected = ['bom.json CycloneDX 1.6 40 none -', 'upload:broken - - none -', 'upload:default CycloneDX 1.6 66 none -'];
      expect([...(await standings(office))].sort()).toEqual(expected);
      // What was there before the job looked is its past.
      const past = await store.sbomQualities({ component: 'component:uploads/shop' });
      expect(past.filter(({ path }) => path === 'upload:default').map(({ valid_at }) => new Date(valid_at).toISOString().slice(0, 10))).toEqual([
        '2026-01-05',
        '2026-01-06',
      ]);
      const before = await canonicalEstate(store);
      await store.emptyDerived();
      await rebuild(office.context);
      expect(await judgeSboms(office.context, keys, goesOn)).toBe(5);
      expect([...(await standings(office))].sort()).toEqual(expected);
      expect(await canonicalEstate(store)).toEqual(before);
    }),
  );

  it.each<[string, (office: TestOffice) => Promise<void>, string]>([
    [
      'an attestation that came after the SBOM proves it',
      async (office) => {
        await office.upload('shop', bare);
        await attest(office, enveloped(about(bare)));
      },
      'verified builds',
    ],
    [
      'one that came before does, too',
      async (office) => {
        await attest(office, enveloped(about(bare)));
        await office.upload('shop', bare);
      },
      'verified builds',
    ],
    [
      'one by somebody else fails',
      async (office) => {
        await office.upload('shop', bare);
        await attest(office, enveloped(about(bare), other));
      },
      'fails -',
    ],
    [
      'one about other bytes says nothing',
      async (office) => {
        await office.upload('shop', bare);
        await attest(office, enveloped(about(better)));
      },
      'none -',
    ],
    [
      'one that may speak of another component only says nothing',
      async (office) => {
        await office.upload('shop', bare);
        await attest(office, enveloped(about(bare)), 'component:uploads/other');
      },
      'none -',
    ],
    [
      'an SBOM inside an attestation is proved by that',
      (office) =>
        office.upload('shop', enveloped({ ...about(''), predicateType: 'https://cyclonedx.org/bom', predicate: JSON.parse(bare) as object })),
      'verified builds',
    ],
  ])('%s', { timeout: 120_000 }, (_case, work, expected) =>
    withOffice(async (office) => {
      await work(office);
      await judgeSboms(office.context, keys, goesOn);
      expect(await standings(office)).toEqual([`upload:default CycloneDX 1.6 40 ${expected}`]);
    }),
  );

  it('are checked again with other keys, and attestations are there after a rebuild', { timeout: 120_000 }, () =>
    withOffice(async (office) => {
      const { store } = office.context;
      await office.upload('shop', bare);
      expect(await attest(office, enveloped(about(bare)))).toMatchObject({ kind: 'taken', attestations: 1 });
      expect(await attest(office, enveloped(about(bare)))).toMatchObject({ kind: 'taken' });
      expect(await attest(office, bare)).toMatchObject({ kind: 'refused' });
      await judgeSboms(office.context, [], goesOn);
      expect(await standings(office)).toEqual(['upload:default CycloneDX 1.6 40 not-verified -']);
      await judgeSboms(office.context, keys, goesOn);
      expect(await standings(office)).toEqual(['upload:default CycloneDX 1.6 40 verified builds']);
      await store.emptyDerived();
      await rebuild(office.context);
      await judgeSboms(office.context, keys, goesOn);
      expect(await standings(office)).toEqual(['upload:default CycloneDX 1.6 40 verified builds']);
    }),
  );
});
