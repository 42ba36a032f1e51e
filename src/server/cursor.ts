import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { storedJson } from '#language/readers/json.ts';
import { Refusal } from './refusal.ts';

/** Where a row stands in a list: the value sorted by, then the natural keys that make it the only one. */
export type RowKey = readonly (string | number)[];

/** What a cursor belongs to: the list, its order, and the epoch of the store. */
export type CursorScope = { readonly list: string; readonly sort: string; readonly epoch: number };

const Cursor = z.strictObject({ list: z.string(), sort: z.string(), epoch: z.number(), after: z.array(z.union([z.string(), z.number()])) });

/** A cursor that only the holder of the secret can make; nothing in it is the store's own number. */
export function signCursor(secret: Uint8Array, scope: CursorScope, after: RowKey): string {
  const payload = Buffer.from(JSON.stringify({ ...scope, after })).toString('base64url');
  return `${payload}.${macOf(secret, payload).toString('base64url')}`;
}

/** The key that a cursor goes on after. Refuses what we did not sign or signed for another list (400), and what is of an older epoch (410). */
export function readCursor(secret: Uint8Array, scope: CursorScope, text: string): RowKey {
  const dot = text.indexOf('.');
  const payload = text.slice(0, Math.max(0, dot));
  const mac = Buffer.from(text.slice(dot + 1), 'base64url');
  const expected = macOf(secret, payload);
  if (dot === -1 || mac.length !== expected.length || !timingSafeEqual(mac, expected))
    throw new Refusal(400, 'This cursor was not given out here. Start again without one.');
  const cursor = Cursor.parse(storedJson(Buffer.from(payload, 'base64url').toString()));
  if (cursor.epoch !== scope.epoch) throw new Refusal(410, 'The store was restored since this cursor was given out. Start again without one.');
  if (cursor.list !== scope.list || cursor.sort !== scope.sort)
    throw new Refusal(400, 'This cursor belongs to another list or order. Start again without one.');
  return cursor.after;
}

function macOf(secret: Uint8Array, payload: string): Buffer {
  return createHmac('sha256', secret).update(payload).digest().subarray(0, 16);
}
