import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeSboms } from '#operations/sbom/judge-sboms.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import type { Receipt } from './schemas/receipt.ts';
import type { ComponentSboms, ConflictList, SbomDifference, SbomQualityList } from './schemas/sbom-quality.ts';
import { openTestServer, type TestServer } from './test-server.ts';
import { preAuthEncoding } from '#language/attestation/pae.ts';

const pair = generateKeyPairSync('ed25519');
const [good, bad] = ['a'.repeat(128), 'b'.repeat(128)];
const integrity = `sha512-${Buffer.from(good, 'hex').toString('base64')}`;
const lockfile = JSON.stringify({
  name: 'shop',
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', dependencies: { ms: '*', ink: '*' }, devDependencies: { jest: '*' } },
    'node_modules/ms': { version: '2.0.0', integrity },
    'node_modules/ink': { version: '4.0.0', integrity },
    'node_modules/jest': { version: '29.0.0', dev: true, integrity },
  },
});
const component = (name: string, version: string, hash: string) => ({
  ...{ type: 'library', 'bom-ref': name, name, version, purl: `pkg:npm/${name}@${version}` },
  hashes: [{ alg: 'SHA-512', content: hash }],
});
const bom = (...components: readonly object[]) => JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components });
const first = bom(component('ms', '2.0.0', good));
const second = bom(component('ms', '2.0.0', bad), component('ink', '4.1.0', good));

function provenanceOf(text: string): string {
  const payloadType = 'application/vnd.in-toto+json';
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'bom.json', digest: { sha256: createHash('sha256').update(text).digest('hex') } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: { runDetails: { builder: { id: 'https://builds.example.com/runner' } } },
  };
  const payload = Buffer.from(JSON.stringify(statement));
  const sig = sign(null, preAuthEncoding(payloadType, payload), pair.privateKey).toString('base64');
  return JSON.stringify({ payload: payload.toString('base64'), payloadType, signatures: [{ sig }] });
}

describe.each(testOffices())('SBOMs over HTTP on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let server: TestServer;
  const shop = encodeURIComponent('component:test/shop');
  beforeAll(async () => {
    opened = await open();
    const { office } = opened;
    office.at('2026-01-05T00:00:00Z');
    await office.scan({ 'package-lock.json': lockfile, 'bom.json': second, CODEOWNERS: '* @acme/payments\n' }, { name: 'shop' });
    await office.upload('till', first);
    office.at('2026-01-06T00:00:00Z');
    await office.upload('till', second);
    server = await openTestServer(office, [], null, '/nowhere', { uploadBytes: 20_000 });
    const sent = await server.ask('/v1/provenance', {
      method: 'POST',
      body: provenanceOf(second),
      headers: { 'content-type': 'application/octet-stream' },
    });
    expect(sent.status).toBe(202);
    await judgeSboms(office.context, [{ name: 'builds', keyId: null, key: pair.publicKey }], () => undefined);
    await server.catchUp();
  });
  afterAll(async () => {
    await server.close();
    await opened.drop();
  });
  const get = async <T>(path: string): Promise<T> => (await server.ask(path)).json() as Promise<T>;

  it('are given back byte for byte, under the media type of their form', async () => {
    const [receipt] = await opened.office.context.store.receiptsOf('upload:till/default');
    const answer = await server.ask(`/v1/receipts/${receipt?.publicId ?? ''}/raw?path=upload:default`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/vnd.cyclonedx+json']);
    expect([first, second]).toContain(await answer.text());
  });

  it('are listed with scores, signatures and the sums of teams', async () => {
    const list = await get<SbomQualityList>('/v1/sbom-qualities');
    expect(list.items.map(({ component: { name }, path, scores, signature }) => [name, path, scores?.all, signature.state])).toEqual([
      ['shop', 'bom.json', 46, 'verified'],
      ['till', 'upload:default', 46, 'verified'],
    ]);
    expect(list.signatures).toEqual({ verified: 2, 'not-verified': 0, fails: 0, none: 0 });
    expect(list.teams).toEqual([
      { team: null, sboms: 1, unread: 0, least: 46, mean: 46 },
      { team: 'payments', sboms: 1, unread: 0, least: 46, mean: 46 },
    ]);
    expect(list.trend).toEqual([{ at: '2026-01-06T00:00:00.000Z', mean: 46, sboms: 2 }]);
    expect((await get<SbomQualityList>('/v1/sbom-qualities?team=payments')).total).toBe(1);
  });

  it('of a component say what is missing, how they went, and who built them', async () => {
    const { items } = await get<ComponentSboms>(`/v1/components/${encodeURIComponent('component:uploads/till')}/sboms`);
    expect(items).toHaveLength(1);
    expect(items[0]?.elements.find(({ id }) => id === 'ntia-supplier')).toMatchObject({
      met: 0,
      total: 2,
      misses: [{ name: 'ms' }, { name: 'ink' }],
    });
    expect(items[0]?.past.map(({ validAt }) => validAt.slice(0, 10))).toEqual(['2026-01-05', '2026-01-06']);
    const receipt = await get<Receipt>(`/v1/receipts/${items[0]?.receipt ?? ''}`);
    expect(receipt.sboms).toMatchObject([{ path: 'upload:default', score: 46, signature: { state: 'verified', key: 'builds' } }]);
    expect(items[0]?.attestations).toMatchObject([
      { about: 'sbom', builder: 'https://builds.example.com/runner', signature: { state: 'verified', key: 'builds' } },
    ]);
  });

  it('of a component are compared by receipt, and no others', async () => {
    const about = `/v1/components/${encodeURIComponent('component:uploads/till')}`;
    const [{ past } = { past: [] }] = (await get<ComponentSboms>(`${about}/sboms`)).items;
    const [before, after] = past.map(({ receipt }) => receipt);
    const diff = await get<SbomDifference>(`${about}/sbom-diff?before=${before ?? ''}&after=${after ?? ''}`);
    expect(diff.components.map(({ kind, name, fields }) => `${kind} ${name} ${fields.map(({ field }) => field).join(' ')}`.trim())).toEqual([
      'added ink',
      'changed ms hash',
    ]);
    expect((await server.ask(`/v1/components/${shop}/sbom-diff?before=${before ?? ''}&after=${after ?? ''}`)).status).toBe(404);
  });

  it('disagree with lockfiles, the worst first, and what is expected is left out', async () => {
    const conflicts = await get<ConflictList>(`/v1/components/${shop}/conflicts`);
    expect(
      conflicts.items.map(
        ({ weight, kind, name, sides }) => `${weight} ${kind} ${name} ${sides.map(({ says }) => says?.slice(0, 14) ?? '-').join('|')}`,
      ),
    ).toEqual(['serious hash ms sha512:another|sha512:bbbbbbb', 'doubtful version ink 4.0.0|4.1.0']);
    expect(conflicts.counts).toEqual({ serious: 1, doubtful: 1, expected: 1 });
    expect((await get<ConflictList>(`/v1/components/${shop}/conflicts?weight=expected`)).items).toMatchObject([{ kind: 'missing', name: 'jest' }]);
  });

  it.each([
    ['no attestation', '{"bomFormat":"CycloneDX"}', '', 400],
    ['nothing', '', '', 400],
    ['one for a component that is not there', provenanceOf(first), '?component=component:test/nothing', 404],
  ])('%s is refused', async (_case, body, query, status) => {
    const answer = await server.ask(`/v1/provenance${query}`, { method: 'POST', body, headers: { 'content-type': 'application/octet-stream' } });
    expect(answer.status).toBe(status);
  });
});
