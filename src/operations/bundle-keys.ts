import type { KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { bundleKeyId, newBundleKeys, signingKey, trustedKey } from '#sources/bundle/bundle-key.ts';
import { ConfigurationError } from './configuration-error.ts';

/** Makes a pair of keys, the private one in `file`, readable to nobody else, the public one in `file.pub`. Gives their id. Throws ConfigurationError when a file is there already. */
export function makeBundleKeys(file: string): string {
  const { privatePem, publicPem } = newBundleKeys();
  try {
    // Never over a key that is there: whoever trusts it would refuse what comes next.
    writeFileSync(file, privatePem, { flag: 'wx', mode: 0o600 });
    writeFileSync(`${file}.pub`, publicPem, { flag: 'wx', mode: 0o644 });
  } catch (cause) {
    const { message } = cause as Error;
    throw new ConfigurationError(`The keys cannot be written to ${file} and ${file}.pub (${message}). Name files that do not exist yet.`, { cause });
  }
  return bundleKeyId(requiredKey(signingKey(privatePem), 'The new key cannot be read back.'));
}

/** The key that signs, from its PEM. Throws ConfigurationError when there is none or it is of another kind. */
export function bundleSigningKey(pem: string | undefined): KeyObject {
  if (pem === undefined) throw new ConfigurationError('No key to sign with: give --key file:path or bundle.key; guildhall bundle keygen makes one.');
  return requiredKey(signingKey(pem), 'The key to sign with is no private Ed25519 key in PEM. guildhall bundle keygen makes one.');
}

/** The public keys in these files. Throws ConfigurationError when there are none, or one cannot be read or is of another kind. */
export function trustedBundleKeys(files: readonly string[]): readonly KeyObject[] {
  if (files.length === 0)
    throw new ConfigurationError('No key is trusted: name the public key of whoever makes the bundles with --trust or under bundle.trust.');
  return files.map((file) =>
    requiredKey(trustedKey(textOf(file)), `${file} is no public Ed25519 key in PEM: name the .pub file of guildhall bundle keygen.`),
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigurationError(`The trusted key ${file} cannot be read. Check its path.`, { cause });
  }
}

function requiredKey(key: KeyObject | null, otherwise: string): KeyObject {
  if (key === null) throw new ConfigurationError(otherwise);
  return key;
}
