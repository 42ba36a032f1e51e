import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { trustedKeyOf, type TrustedKey } from '#language/attestation/check-signatures.ts';
import { ConfigurationError } from '../configuration-error.ts';

/** Whose signatures under SBOMs and attestations are believed. */
export const Provenance = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        /** What pages and findings call it. */
        name: z.string().min(1).max(100),
        /** File with a public key, PEM: ECDSA (P-256, P-384, P-521), Ed25519 or RSA. */
        file: z.string().min(1),
        /** What signatures call it, where that is not the SHA-256 of the key. */
        keyId: z.string().min(1).max(200).optional(),
      }),
    )
    .default([]),
});
export type Provenance = z.infer<typeof Provenance>;

/** The keys of the configuration. Throws ConfigurationError when one cannot be read or is of another kind. */
export function trustedKeys({ keys }: Provenance): readonly TrustedKey[] {
  return keys.map(({ name, file, keyId }) => {
    const key = trustedKeyOf(textOf(file));
    if (key === null)
      throw new ConfigurationError(
        `provenance.keys: ${file} is no public key in PEM that can be used: ECDSA on P-256, P-384 or P-521, Ed25519, or RSA of 2048 bits.`,
      );
    return { name, keyId: keyId ?? null, key };
  });
}

/** What tells one set of keys from another: what was checked with others is checked again. */
export function keysPrint(keys: readonly TrustedKey[]): string {
  const sum = createHash('sha256').update(`keys ${String(keys.length)}`);
  for (const { name, keyId, key } of keys) sum.update(JSON.stringify([name, keyId, key.export({ type: 'spki', format: 'pem' })]));
  return sum.digest('hex').slice(0, 16);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigurationError(`provenance.keys: ${file} cannot be read. Check its path.`, { cause });
  }
}
