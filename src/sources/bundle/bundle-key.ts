import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A pair of Ed25519 keys as PEM: PKCS #8 and SPKI, as other tools read and write them. */
export type BundleKeyPair = { readonly privatePem: string; readonly publicPem: string };

/** A new pair. */
export function newBundleKeys(): BundleKeyPair {
  const pair = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { privatePem: pair.privateKey, publicPem: pair.publicKey };
}

/** The key that signs, from its PEM; null when the text is no private Ed25519 key without a passphrase. */
export function signingKey(pem: string): KeyObject | null {
  return ed25519(() => createPrivateKey(pem));
}

/** A key that is trusted, from its PEM; null when the text is no public Ed25519 key. The private one is refused too: it has no place where bundles are taken. */
export function trustedKey(pem: string): KeyObject | null {
  return pem.includes('PRIVATE KEY') ? null : ed25519(() => createPublicKey(pem));
}

/** How people compare keys: the first 32 hex digits of the SHA-256 of the public key (DER, SPKI), the same for both halves of a pair. */
export function bundleKeyId(key: KeyObject): string {
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha256')
    .update(half.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 32);
}

function ed25519(read: () => KeyObject): KeyObject | null {
  try {
    const key = read();
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null; // node says why in the words of OpenSSL, which help nobody here
  }
}
