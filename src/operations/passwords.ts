import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { personByUser } from '#desk/people/people.ts';
import type { Desk } from '#desk/desk.ts';
import type { Context } from './context.ts';

const cost = 2 ** 15;
const keyBytes = 32;
const wrongInARow = 10;
const lockedMs = 15 * 60_000;
const atOnce = 2;
const mostWaiting = 50;
const shortest = 12;
const longest = 200;
/** So that somebody who is not there takes as long as somebody who is. */
const nobody = { person: 'person:nobody', salt: 'A'.repeat(22), hash: 'A'.repeat(43), cost, changed: 0, failures: 0, locked_until: 0 };

type Place = Pick<Context, 'store' | 'clock'>;

/** Why a password cannot be taken; null when it can. */
export function passwordFault(password: string, user: string | null): string | null {
  const characters = Array.from(password).length;
  if (characters < shortest) return `A password has at least ${String(shortest)} characters. A few words in a row do.`;
  if (characters > longest) return `A password has at most ${String(longest)} characters.`;
  if (new Set(password).size < 5) return 'Too few different characters.';
  return user !== null && password.toLowerCase().includes(user.toLowerCase()) ? 'The password holds the user name.' : null;
}

/** Keeps a password; what was wrong before is forgotten. It has passed `passwordFault`. */
export async function keepPassword({ store, clock }: Place, person: string, password: string): Promise<void> {
  const salt = randomBytes(16).toString('base64url');
  const made = await derived(password, salt, cost);
  if (made === null) throw new Error('Too many sign in at once to take a password. Try again in a moment.');
  const hash = made.toString('base64url');
  await store.auth.putCredential({ person, salt, hash, cost, changed: clock(), failures: 0, locked_until: 0 });
}

/**
 * The pseudonym of who has this user name and password; null for any other pair, in the same time, whether the name is unknown, the password wrong or
 * the account locked. Ten wrong ones in a row lock it for a quarter of an hour. Also null when too many ask at once.
 */
export async function personWithPassword(place: Place, desk: Desk, user: string, password: string): Promise<string | null> {
  const person = personByUser(desk.people, user);
  return (await isRightPassword(place, person?.id ?? nobody.person, password)) ? (person?.id ?? null) : null;
}

/** Whether it is this person's password, counted as `personWithPassword` counts. */
export async function isRightPassword({ store, clock }: Place, person: string, password: string): Promise<boolean> {
  const kept = (await store.auth.credentialOf(person)) ?? nobody;
  const given = await derived(password.slice(0, longest * 2), kept.salt, kept.cost);
  if (given === null) return false;
  const isSame = timingSafeEqual(given, Buffer.from(kept.hash, 'base64url')) && kept !== nobody;
  const now = clock();
  const isRight = isSame && kept.locked_until <= now;
  if (isRight) await store.auth.forgetWrongPasswords(person);
  // One that is locked is not counted again, so that nobody can keep somebody else out for ever.
  else await store.auth.noteWrongPassword(kept.locked_until > now ? nobody.person : person, wrongInARow, now + lockedMs);
  return isRight;
}

let running = 0;
const waiting: (() => void)[] = [];

/** Each takes 32 MB and a tenth of a second of a core, so few run at once; null when too many wait already. */
async function derived(password: string, salt: string, n: number): Promise<Buffer | null> {
  if (running >= atOnce) {
    if (waiting.length >= mostWaiting) return null;
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  running += 1;
  try {
    return await key(password.normalize('NFKC'), salt, { N: n, r: 8, p: 1, maxmem: 256 * n * 8 });
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function key(password: string, salt: string, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, Buffer.from(salt, 'base64url'), keyBytes, options, (error, derivedKey) => {
      if (error === null) resolve(derivedKey);
      else reject(error);
    });
  });
}
