import { constants, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../canonical-json.ts';
import { checkSignatures, trustedKeyOf, type TrustedKey } from './check-signatures.ts';
import { preAuthEncoding } from './pae.ts';
import { readAttestations, sbomInAttestation } from './read-attestations.ts';

const digest = 'a'.repeat(64);
const commit = '0123456789abcdef0123456789abcdef01234567';
const repository = 'https://git.example.com/pay/ledger';
const subject = [{ name: 'pay/ledger', digest: { sha256: digest } }];
const builder = { id: 'https://builds.example.com/runner@v2' };

const v1 = {
  _type: 'https://in-toto.io/Statement/v1',
  subject,
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: {
    buildDefinition: {
      buildType: 'https://builds.example.com/workflow/v1',
      externalParameters: { workflow: { repository, ref: 'refs/heads/main', path: '.ci/build.yml' } },
      resolvedDependencies: [
        { uri: 'pkg:docker/node@26', digest: { sha256: 'b'.repeat(64) } },
        { uri: `git+${repository}@refs/heads/main`, digest: { gitCommit: commit } },
      ],
    },
    runDetails: { builder, metadata: { finishedOn: '2026-04-01T10:00:00Z' } },
  },
};
const v02 = {
  _type: 'https://in-toto.io/Statement/v0.1',
  subject,
  predicateType: 'https://slsa.dev/provenance/v0.2',
  predicate: {
    builder,
    buildType: 'https://builds.example.com/workflow/v1',
    invocation: { configSource: { uri: `git+${repository}@refs/heads/main`, digest: { sha1: commit }, entryPoint: '.ci/build.yml' } },
    metadata: { buildFinishedOn: '2026-04-01T10:00:00Z' },
  },
};
const v01 = {
  _type: 'https://in-toto.io/Statement/v0.1',
  subject,
  predicateType: 'https://slsa.dev/provenance/v0.1',
  predicate: {
    builder,
    recipe: { type: 'https://builds.example.com/make', definedInMaterial: 0 },
    materials: [{ uri: `git+${repository}`, digest: { sha1: commit } }],
  },
};
const bom = { bomFormat: 'CycloneDX', specVersion: '1.6', components: [] };
const sbomStatement = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType: 'https://cyclonedx.org/bom/v1.6', predicate: bom };

const payloadType = 'application/vnd.in-toto+json';
const pair = (kind: 'ed25519' | 'ec' | 'rsa'): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } =>
  kind === 'ed25519'
    ? generateKeyPairSync('ed25519')
    : kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
const [ed, ec, rsa, other] = [pair('ed25519'), pair('ec'), pair('rsa'), pair('ed25519')];
const trusted = (name: string, { publicKey }: { readonly publicKey: KeyObject }, keyId: string | null = null): TrustedKey => ({
  name,
  keyId,
  key: publicKey,
});

function enveloped(statement: object, signature: (bytes: Uint8Array) => Uint8Array, keyid?: string): Record<string, unknown> {
  const payload = Buffer.from(JSON.stringify(statement));
  const sig = Buffer.from(signature(preAuthEncoding(payloadType, payload))).toString('base64');
  return { payloadType, payload: payload.toString('base64'), signatures: [{ sig, ...(keyid === undefined ? {} : { keyid }) }] };
}
const signedBy =
  (key: KeyObject, hash: string | null = 'sha256') =>
  (bytes: Uint8Array): Uint8Array =>
    sign(hash, bytes, key);
const byEd = signedBy(ed.privateKey, null);
const bytesOf = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const first = (value: unknown) => {
  const [attestation] = readAttestations(bytesOf(value)).attestations;
  if (attestation === undefined) throw new Error('Nothing was read.');
  return attestation;
};

describe('the encoding that DSSE signs', () => {
  it('is the one of its specification', () => {
    const text = Buffer.from(preAuthEncoding('http://example.com/HelloWorld', Buffer.from('hello world'))).toString();
    expect(text).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  });
});

describe('provenance', () => {
  const said = {
    kind: 'provenance',
    builder: builder.id,
    commit,
    subjects: [{ name: 'pay/ledger', digests: [{ algorithm: 'sha256', value: digest }] }],
  };
  it.each([
    ['v1', v1, { ...said, source: repository, finishedAt: '2026-04-01T10:00:00.000Z' }],
    ['v0.2', v02, { ...said, source: `git+${repository}@refs/heads/main`, finishedAt: '2026-04-01T10:00:00.000Z' }],
    ['v0.1', v01, { ...said, source: `git+${repository}`, finishedAt: null }],
  ])('of SLSA %s says builder, source and commit', (_version, statement, expected) => {
    expect(first(enveloped(statement, byEd)).statement).toMatchObject(expected);
  });

  it.each([
    ['alone', (envelope: object): unknown => envelope],
    ['in a Sigstore bundle', (envelope: object) => ({ mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', dsseEnvelope: envelope })],
    ['one a line', (envelope: object) => `${JSON.stringify(envelope)}\n${JSON.stringify(envelope)}\n`],
  ])('in an envelope %s is read', (_how, wrap) => {
    expect(first(wrap(enveloped(v1, byEd)))).toMatchObject({ form: 'dsse', statement: { builder: builder.id } });
  });

  it('gives the SBOM inside, and none where there is none', () => {
    expect(Buffer.from(sbomInAttestation(bytesOf(enveloped(sbomStatement, byEd))) ?? []).toString()).toBe(JSON.stringify(bom));
    expect(sbomInAttestation(bytesOf(enveloped(v1, byEd)))).toBeNull();
    expect(sbomInAttestation(bytesOf(bom))).toBeNull();
  });
});

describe('a signature', () => {
  const keys = [trusted('builds', ed), trusted('old', ec, 'k-ec'), trusted('hsm', rsa)];
  const pss = (bytes: Uint8Array): Uint8Array => sign('sha256', bytes, { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING });
  const p1363 = (bytes: Uint8Array): Uint8Array => sign('sha256', bytes, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' });
  const altered = (envelope: Record<string, unknown>): object => ({
    ...envelope,
    payload: Buffer.from(JSON.stringify({ ...v1, subject: [] })).toString('base64'),
  });
  it.each<[string, unknown, 'verified' | 'not-verified' | 'fails', string | null]>([
    ['of Ed25519', enveloped(v1, byEd), 'verified', 'builds'],
    ['of ECDSA as DER', enveloped(v1, signedBy(ec.privateKey)), 'verified', 'old'],
    ['of ECDSA as two numbers', enveloped(v1, p1363), 'verified', 'old'],
    ['of RSA', enveloped(v1, signedBy(rsa.privateKey)), 'verified', 'hsm'],
    ['of RSA-PSS', enveloped(v1, pss), 'verified', 'hsm'],
    ['under a name that is not given', enveloped(v1, signedBy(other.privateKey, null), 'k-other'), 'not-verified', null],
    ['without a name, of no key that is given', enveloped(v1, signedBy(other.privateKey, null)), 'fails', null],
    ['under the name of another key', enveloped(v1, signedBy(other.privateKey, null), 'k-ec'), 'fails', null],
    ['whose payload was altered', altered(enveloped(v1, byEd)), 'fails', null],
    ['whose type was altered', { ...enveloped(v1, byEd), payloadType: 'application/json' }, 'fails', null],
    [
      'by a certificate',
      { dsseEnvelope: enveloped(v1, signedBy(other.privateKey, null)), verificationMaterial: { certificate: {} } },
      'not-verified',
      null,
    ],
    ['that is not there', { ...enveloped(v1, byEd), signatures: [] }, 'not-verified', null],
    ['that a bare statement does not have', v1, 'not-verified', null],
  ])('%s: %s', (_case, value, state, key) => {
    expect(checkSignatures(first(value), keys)).toMatchObject({ state, key });
  });

  it('is not looked at while no key is given', () => {
    expect(checkSignatures(first(enveloped(v1, byEd)), []).because).toBe('It is signed, and no key is given under provenance.keys.');
  });

  it('that a CycloneDX document bears itself is checked over its canonical form', () => {
    const signature = { algorithm: 'Ed25519', keyId: 'k1' };
    const value = sign(null, Buffer.from(canonicalJson({ ...bom, signature })), ed.privateKey).toString('base64url');
    const signed = { signature: { ...signature, value }, ...bom };
    expect(checkSignatures(first(signed), keys)).toMatchObject({ state: 'verified', key: 'builds' });
    expect(checkSignatures(first({ ...signed, serialNumber: 'other' }), [trusted('builds', ed, 'k1')]).state).toBe('fails');
    expect(checkSignatures(first({ ...bom, signature: { signers: [] } }), keys).because).toBe(
      'It bears a signature of a kind that is not checked here.',
    );
  });

  it('is taken from keys that are safe only', () => {
    const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' });
    expect(trustedKeyOf(pem(ed.publicKey))).not.toBeNull();
    expect(trustedKeyOf(pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey))).toBeNull();
    expect(trustedKeyOf('no key')).toBeNull();
  });
});

describe('hostile input', () => {
  const deep = `${'{"a":'.repeat(500)}1${'}'.repeat(500)}`;
  const envelope = enveloped(v1, byEd);
  it.each<[string, string | object, number]>([
    ['nothing', '', 0],
    ['no JSON', 'PK\u0003\u0004', 0],
    ['a list', '[]', 0],
    ['nesting without end', deep, 0],
    ['an SBOM without a signature', bom, 0],
    ['a payload that is no base64', { ...envelope, payload: '%%%' }, 1],
    ['a payload that is no statement', { ...envelope, payload: Buffer.from('[1]').toString('base64') }, 1],
    ['a payload that nests without end', { ...envelope, payload: Buffer.from(deep).toString('base64') }, 1],
    ['signatures that are none', { ...envelope, signatures: [1, null, { sig: 3 }, { sig: '!' }] }, 1],
    ['a statement whose parts are of the wrong kind', { ...v1, subject: 'x', predicate: [1] }, 1],
    ['subjects without digests', { ...v1, subject: [{}, null, { name: 3, digest: { sha256: 'zz' } }] }, 1],
    ['a key named __proto__', '{"__proto__":{"payload":"x"},"payloadType":"t","payload":"e30=","signatures":[]}', 1],
    ['ten thousand lines', `${JSON.stringify(v1)}\n`.repeat(10_000), 1000],
  ])('%s is an answer', (_case, value, attestations) => {
    const reading = readAttestations(bytesOf(value));
    expect(reading.attestations).toHaveLength(attestations);
    for (const each of reading.attestations) expect(checkSignatures(each, [trusted('builds', ed)]).state).not.toBe('verified');
  });
});
