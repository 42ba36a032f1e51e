import type { AttestationReading, GivenSignature, ReadAttestation } from '../../model/attestation.ts';
import type { Problem } from '../../model/problem.ts';
import { canonicalJson } from '../canonical-json.ts';
import { decodeText } from '../readers/decoded.ts';
import { asArray, asObject, asString, readJsonText } from '../readers/json.ts';
import { preAuthEncoding } from './pae.ts';
import { isStatement, readStatement, sbomInStatement } from './statement.ts';

type Fields = Readonly<Record<string, unknown>>;

const maxAttestations = 1000;
const maxSignatures = 20;
/** A document that bears a signature is put in canonical form to check it; past this it is said to be signed and not checked. */
const maxCanonicalChars = 16 * 1024 * 1024;
const byCertificate = 'X.509 certificate';
const inToto = /^application\/vnd\.in-toto\+json$/;

/**
 * Reads attestations: a DSSE envelope, a Sigstore bundle around one, a bare in-toto statement, several of these one a line, or a CycloneDX document with a
 * signature of its own (JSF). A file that is none of these gives nothing, without a problem.
 */
export function readAttestations(bytes: Uint8Array): AttestationReading {
  const decoded = decodeText(bytes);
  if (!decoded.ok || !/^\s*\{/.test(decoded.value)) return { attestations: [], problems: [] };
  const text = decoded.value;
  const whole = readJsonText(text);
  if (whole.ok) return readingOf([whole.value], text.length);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const problems: Problem[] = [];
  if (lines.length > maxAttestations)
    problems.push(problem('too-many', `The file has more than ${String(maxAttestations)} lines; the rest was not read.`));
  const values: unknown[] = [];
  for (const [at, line] of lines.slice(0, maxAttestations).entries()) {
    const read = readJsonText(line);
    if (read.ok) values.push(read.value);
    else problems.push({ ...problem(read.error.code, read.error.message), line: at + 1 });
  }
  if (!values.some(isAttestation)) return { attestations: [], problems: [] };
  const reading = readingOf(values, text.length);
  return { attestations: reading.attestations, problems: [...problems, ...reading.problems] };
}

/** The SBOM that is the predicate of an attestation, as a file by itself; null when there is none. */
export function sbomInAttestation(bytes: Uint8Array): Uint8Array | null {
  const decoded = decodeText(bytes);
  const read = decoded.ok && /^\s*\{/.test(decoded.value) ? readJsonText(decoded.value) : null;
  if (read?.ok !== true) return null;
  const envelope = envelopeOf(read.value);
  return sbomInStatement(envelope === null ? read.value : statementIn(payloadOf(envelope)));
}

function isAttestation(value: unknown): boolean {
  return envelopeOf(value) !== null || isStatement(value) || isSigned(value);
}

function readingOf(values: readonly unknown[], chars: number): AttestationReading {
  const problems: Problem[] = [];
  const attestations = values.flatMap((value): readonly ReadAttestation[] => {
    const envelope = envelopeOf(value);
    if (envelope !== null) return [readEnvelope(envelope, bearsCertificate(value), problems)];
    if (isStatement(value)) return [{ form: 'unsigned', statement: readStatement(value), signatures: [], signed: null }];
    return isSigned(value) ? [readSigned(value, chars)] : [];
  });
  return { attestations, problems };
}

/** A DSSE envelope, by itself or in a bundle (https://github.com/sigstore/protobuf-specs). */
function envelopeOf(value: unknown): Fields | null {
  const fields = asObject(value);
  const inner = asObject(fields?.['dsseEnvelope']) ?? fields;
  return inner !== null && typeof inner['payloadType'] === 'string' && typeof inner['payload'] === 'string' && Array.isArray(inner['signatures'])
    ? inner
    : null;
}

/** A bundle that is signed with the key of a certificate made for it: no key that is given can have signed it. */
function bearsCertificate(value: unknown): boolean {
  const material = asObject(asObject(value)?.['verificationMaterial']) ?? {};
  return 'certificate' in material || 'x509CertificateChain' in material;
}

function readEnvelope(envelope: Fields, isByCertificate: boolean, problems: Problem[]): ReadAttestation {
  const payloadType = asString(envelope['payloadType']) ?? '';
  const payload = payloadOf(envelope);
  const signatures = asArray(envelope['signatures'])
    .slice(0, maxSignatures)
    .flatMap((each) => signatureOf(each, isByCertificate ? byCertificate : null));
  if (signatures.length === 0) problems.push(problem('not-signed', 'The envelope bears no signature.'));
  if (payload === null) {
    problems.push(problem('not-base64', 'The payload of the envelope is no base64.'));
    return { form: 'dsse', statement: null, signatures, signed: null };
  }
  const statement = inToto.test(payloadType) ? readStatement(statementIn(payload)) : null;
  if (statement === null) problems.push(problem('no-statement', 'The payload of the envelope is no in-toto statement that this build reads.'));
  return { form: 'dsse', statement, signatures, signed: Buffer.from(preAuthEncoding(payloadType, payload)).toString('base64') };
}

function payloadOf(envelope: Fields): Uint8Array | null {
  return bytesOfBase64(asString(envelope['payload']) ?? '');
}

function statementIn(payload: Uint8Array | null): unknown {
  const decoded = payload === null ? null : decodeText(payload);
  const read = decoded?.ok === true ? readJsonText(decoded.value) : null;
  return read?.ok === true ? read.value : null;
}

function signatureOf(value: unknown, otherwise: string | null): readonly GivenSignature[] {
  const fields = asObject(value);
  const sig = bytesOfBase64(asString(fields?.['sig']) ?? '');
  const keyId = asString(fields?.['keyid']);
  return sig === null || sig.length === 0
    ? []
    : [{ keyId: keyId === null || keyId === '' ? otherwise : keyId.slice(0, 200), algorithm: null, value: Buffer.from(sig).toString('base64') }];
}

/** Base64 of either alphabet, as DSSE allows; null for anything else, also where a decoder would pass over it. */
function bytesOfBase64(text: string): Uint8Array | null {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/').replace(/\s/g, '');
  return /^[A-Za-z0-9+/]*={0,2}$/.test(plain) && plain.replace(/=+$/, '').length % 4 !== 1 ? Buffer.from(plain, 'base64') : null;
}

function isSigned(value: unknown): value is Fields {
  const fields = asObject(value);
  return fields !== null && fields['bomFormat'] === 'CycloneDX' && asObject(fields['signature']) !== null;
}

/**
 * The signature that a CycloneDX document bears (JSON Signature Format, https://cyberphone.github.io/doc/security/jsf.html): one signer, everything signed.
 * What is signed is the canonical document (RFC 8785) without the value. Several signers, a chain and left-out properties are not checked.
 */
function readSigned(document: Fields, chars: number): ReadAttestation {
  const signature = asObject(document['signature']) ?? {};
  const { value, ...rest } = signature;
  const written = bytesOfBase64(asString(value) ?? '');
  const keyId = asString(signature['keyId']);
  const isSimple =
    written !== null && written.length > 0 && !('signers' in rest) && !('chain' in rest) && !('excludes' in rest) && !('extensions' in rest);
  return {
    form: 'jsf',
    statement: null,
    signatures: isSimple
      ? [
          {
            keyId: keyId?.slice(0, 200) ?? null,
            algorithm: asString(signature['algorithm'])?.slice(0, 40) ?? null,
            value: Buffer.from(written).toString('base64'),
          },
        ]
      : [],
    signed: isSimple && chars <= maxCanonicalChars ? Buffer.from(canonicalJson({ ...document, signature: rest })).toString('base64') : null,
  };
}

function problem(code: string, message: string): Problem {
  return { code, message, severity: 'warning' };
}
