import { createHash, randomBytes } from 'node:crypto';
import type { Context } from './context.ts';

const linkMs = 15 * 60_000;

/**
 * A one-time link that signs somebody in, good for fifteen minutes: as the person with this pseudonym, or as whoever runs the machine for null.
 * `base` is the address of the office: `http://127.0.0.1:7310`.
 */
export async function loginLink(
  store: Pick<Context['store'], 'auth'>,
  base: string,
  now: number = Date.now(),
  person: string | null = null,
): Promise<string> {
  const token = newSecret();
  await store.auth.putLoginLink({ token_hash: secretHash(token), expires: now + linkMs, used_at: null, person });
  return `${base}/login?token=${token}`;
}

/** 256 random bits for URLs and cookies. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored instead of a secret: its SHA-256 in hex. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
