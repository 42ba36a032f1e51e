import { constants, createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { GivenSignature, ReadAttestation, SignatureCheck } from '../../model/attestation.ts';

/** A key that is trusted to sign what is received. */
export type TrustedKey = {
  /** What the configuration calls it. */
  readonly name: string;
  /** What signatures call it, beside the SHA-256 of its public half; null: that only. */
  readonly keyId: string | null;
  readonly key: KeyObject;
};

/** The public key in a PEM; null when it is none of a kind that is checked here (ECDSA on P-256, P-384, P-521; Ed25519; RSA of 2048 bits or more). */
export function trustedKeyOf(pem: string): KeyObject | null {
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch {
    return null;
  }
  const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ed25519') return key;
  if (key.asymmetricKeyType === 'ec') return hashOfCurve.has(namedCurve ?? '') ? key : null;
  return key.asymmetricKeyType === 'rsa' && (modulusLength ?? 0) >= 2048 ? key : null;
}

const hashOfCurve: ReadonlyMap<string, string> = new Map([
  ['prime256v1', 'sha256'],
  ['secp384r1', 'sha384'],
  ['secp521r1', 'sha512'],
]);

/**
 * Checks the signatures of one attestation. One that a trusted key made is enough. Where the signature names a key that is trusted, or where it names none
 * and no key fits, it fails; a signature by a key that is not given says nothing.
 */
export function checkSignatures({ form, signatures, signed }: ReadAttestation, keys: readonly TrustedKey[]): SignatureCheck {
  if (form === 'unsigned') return not('It is not signed.');
  if (signed === null || signatures.length === 0)
    return form === 'jsf' ? not('It bears a signature of a kind that is not checked here.') : not('It bears no signature that can be checked.');
  if (keys.length === 0) return not('It is signed, and no key is given under provenance.keys.');
  const bytes = Buffer.from(signed, 'base64');
  let failed: string | null = null;
  for (const signature of signatures) {
    // What a signature calls its key is only a hint: any key that is given may have made it.
    const made = keys.find(({ key }) => holds(bytes, signature, key));
    if (made !== undefined) return { state: 'verified', key: made.name, because: `The signature was made with the key ${made.name}.` };
    const named = keys.find((key) => isNamed(key, signature));
    if (named !== undefined) failed ??= `It says that it was signed with the key ${named.name}, and that key did not sign it.`;
    else if (signature.keyId === null) failed ??= 'No key under provenance.keys signed it: it was altered, or signed by somebody else.';
  }
  return failed === null ? not('It is signed with a key that is not given under provenance.keys.') : { state: 'fails', key: null, because: failed };
}

function isNamed({ keyId, key }: TrustedKey, signature: GivenSignature): boolean {
  if (signature.keyId === null) return false;
  return signature.keyId === keyId || signature.keyId.replace(/^sha256:/i, '').toLowerCase() === spkiHash(key);
}

function spkiHash(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

function not(because: string): SignatureCheck {
  return { state: 'not-verified', key: null, because };
}

/** Whether the key made the signature, in any of the ways in which one of its kind is written. */
function holds(bytes: Uint8Array, { value }: GivenSignature, key: KeyObject): boolean {
  const signature = Buffer.from(value, 'base64');
  try {
    if (key.asymmetricKeyType === 'ed25519') return verify(null, bytes, key, signature);
    if (key.asymmetricKeyType === 'ec') {
      const hash = hashOfCurve.get(key.asymmetricKeyDetails?.namedCurve ?? '') ?? 'sha256';
      return (['der', 'ieee-p1363'] as const).some((dsaEncoding) => verify(hash, bytes, { key, dsaEncoding }, signature));
    }
    const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
    return ['sha256', 'sha384', 'sha512'].some((hash) => verify(hash, bytes, key, signature) || verify(hash, bytes, pss, signature));
  } catch {
    // A signature of another shape than the key makes.
    return false;
  }
}
