import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { actKinds } from '#desk/acts/all.ts';
import { emptyDesk } from '#desk/desk.ts';
import { routes } from '#server/schemas/routes.ts';
import { openTestServer, testToken } from '#server/test-server.ts';
import { testStores } from '#store/test-stores.ts';
import { openGateway } from '#gateway/gateway.ts';
import { Notify } from '../../src/operations/notify-configuration.ts';
import { say } from '../../src/operations/notify/send-deliveries.ts';
import { openHttpReceiver, type TestRequest } from '../../src/operations/notify/test-receivers.ts';
import { openTestOffice } from '../../src/operations/test-office.ts';
import type { Drill } from './drill.ts';

const tries = 10_000;
const secret = 'a secret of both';
const now = 1_650_000_000_000;

type Received = { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };
type Receiver = (headers: Received['headers'], body: Uint8Array, secret: string, now: number) => object | null;

/**
 * Alters a webhook of ours 10,000 times, in its bytes and its headers, and shows it to the code that docs/running.md gives to receivers. No route of the office
 * takes webhooks of others; in their place 10,000 altered bodies go to every route that takes JSON: each must be answered, and never with 5xx.
 */
export async function drillWebhooks(count = tries): Promise<Drill> {
  const [signed, inbound] = [await alteredSigned(count), await alteredBodies(count)];
  return {
    name: 'webhooks',
    tried: signed.tried + inbound.tried,
    failed: signed.wrong.length + inbound.wrong.length,
    details: { signed, inboundWebhookRoutes: 0, bodies: inbound },
  };
}

/** The function in the documentation, as a receiver would copy it. */
async function documentedReceiver(): Promise<Receiver> {
  const text = fs.readFileSync(path.resolve(import.meta.dirname, '../../docs/running.md'), 'utf8');
  const code = /```js\n([\s\S]*?export function messageOf[\s\S]*?)```/.exec(text)?.[1];
  if (code === undefined) throw new Error('docs/running.md no longer says how a webhook is checked.');
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { readonly messageOf: Receiver };
  return module.messageOf;
}

async function oneOfOurs(): Promise<Received> {
  const receiver = await openHttpReceiver();
  const notify = Notify.parse({
    office: 'https://office.example',
    channels: [{ kind: 'webhook', name: 'hook', url: `${receiver.url}/hook`, secret }],
  });
  const [channel] = notify.channels;
  if (channel?.kind !== 'webhook') throw new Error('There is no webhook to send.');
  const line = { text: 'shop: CVE-2021-44228 in log4j-core (critical), Zażółć gęślą jaźń', page: '/findings?id=abcdefghijklmnop' };
  const message = { kind: 'act', title: 'To act on: CVE-2021-44228 in log4j-core', lines: [line], more: 0, page: '/findings' } as const;
  const delivery = { id: 'aaaabbbbccccddddeeeeffffgg', recipient: '', created: now };
  const known = { notify, access: { proxy: null, caFile: null }, desk: emptyDesk() };
  const outcome = await say(channel, known, { delivery, message, now });
  await receiver.close();
  const [request] = receiver.requests as readonly (TestRequest | undefined)[];
  if (outcome.kind !== 'sent' || request === undefined) throw new Error('The webhook was not taken.');
  const headers = Object.fromEntries(Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
  return { headers, body: Buffer.from(request.body) };
}

async function alteredSigned(count: number): Promise<{ readonly tried: number; readonly wrong: readonly string[] }> {
  const messageOf = await documentedReceiver();
  const ours = await oneOfOurs();
  const wrong: string[] = [];
  const shown = (received: Received, at = now): object | null | string => {
    try {
      return messageOf(received.headers, received.body, secret, at);
    } catch (error) {
      return String(error);
    }
  };
  const untouched = shown(ours);
  if (untouched === null || typeof untouched === 'string') wrong.push('one that was not altered is refused');
  if (shown(ours, now + 301_000) !== null) wrong.push('one of more than five minutes ago is taken');
  if (shown(ours, now - 301_000) !== null) wrong.push('one of the future is taken');
  const random = randomOf(1);
  for (let at = 0; at < count; at += 1) {
    const altered = at % 2 === 0 ? { ...ours, body: alter(ours.body, random) } : { ...ours, headers: alterHeader(ours.headers, random) };
    const isSame = altered.body.equals(ours.body) && JSON.stringify(altered.headers) === JSON.stringify(ours.headers);
    const answer = shown(altered);
    if (!isSame && answer !== null) wrong.push(`number ${String(at)} was not refused: ${typeof answer === 'string' ? answer : 'taken'}`);
  }
  return { tried: count + 3, wrong };
}

const signedHeaders = ['guildhall-timestamp', 'guildhall-signature', 'guildhall-delivery'] as const;

function alterHeader(headers: Received['headers'], random: () => number): Received['headers'] {
  const name = signedHeaders[Math.floor(random() * signedHeaders.length)] ?? 'guildhall-signature';
  const { [name]: value = '', ...others } = headers;
  if (random() < 0.05) return others;
  // Headers travel as latin-1 and hold no line breaks.
  const text = alter(Buffer.from(value), random)
    .toString('latin1')
    .replace(/[\r\n\0]/g, '');
  return { ...headers, [name]: random() < 0.1 ? value.toUpperCase() : random() < 0.1 ? ` ${value}` : text };
}

async function alteredBodies(count: number): Promise<{ readonly tried: number; readonly routes: number; readonly wrong: readonly string[] }> {
  const [store] = testStores();
  const opened = await store.open();
  const gateway = openGateway({ workers: 1 });
  const reports: string[] = [];
  const server = await openTestServer(openTestOffice(opened, gateway), reports);
  const wrong: string[] = [];
  try {
    const doors = [
      ...actKinds.map(({ id }) => ({ method: 'POST' as const, url: `/v1/acts/${id}` })),
      ...Object.values(routes).flatMap(({ method, path: at, body }) =>
        body instanceof z.ZodType && method !== 'GET' ? [{ method, url: at.replace(/:\w+/g, 'nothing') }] : [],
      ),
    ];
    const seeds = seedBodies.map((each) => Buffer.from(JSON.stringify(each)));
    const random = randomOf(2);
    for (let at = 0; at < count; at += 1) {
      const door = doors[at % doors.length];
      if (door === undefined) break;
      const payload = alter(seeds[Math.floor(random() * seeds.length)] ?? Buffer.alloc(0), random);
      const headers = { authorization: `Bearer ${testToken}`, host: 'office.example', 'content-type': 'application/json' };
      const { statusCode } = await server.app.inject({ ...door, headers, payload });
      if (statusCode >= 500) wrong.push(`${door.method} ${door.url} answered ${String(statusCode)}: ${payload.toString('latin1').slice(0, 200)}`);
    }
    return { tried: count, routes: doors.length, wrong: [...wrong, ...reports] };
  } finally {
    await server.close();
    gateway.close();
    await opened.drop();
  }
}

const seedBodies: readonly object[] = [
  { body: { deliveries: ['a'] } },
  {
    body: { id: 'a'.repeat(26), affected: { package: 'pkg:npm/a', introduced: '1', fixed: null, versions: [] }, severity: 'high' },
    words: { title: 'x' },
  },
  { body: { findings: [{ id: 'a'.repeat(16), rule: 'vulnerability', component: 'c', package: null, subject: 's' }], to: null }, words: null },
  {
    body: { id: 'b'.repeat(26), predicate: { advisory: 'CVE-1' }, verdict: 'accepted', until: '2026-01-01T00:00:00Z' },
    words: { reason: 'Because.' },
  },
  { body: { team: 'payments', restricted: true }, words: { reason: 'Because.' }, expects: 0 },
  { name: 'x', content: { path: '/findings', search: {} }, scopes: ['estate:read'], teams: null, expires: '2026-01-01T00:00:00Z' },
];

/** The same bytes with one thing done to them, or a few. */
function alter(bytes: Buffer, random: () => number): Buffer {
  let altered: Buffer = Buffer.from(bytes);
  for (let left = 1 + Math.floor(random() * 3); left > 0; left -= 1) altered = alterOnce(altered, random);
  return altered;
}

function alterOnce(bytes: Buffer, random: () => number): Buffer {
  const place = Math.floor(random() * (bytes.length + 1));
  const piece = bytes.subarray(place, place + 1 + Math.floor(random() * 20));
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place + piece.length)];
  switch (Math.floor(random() * 7)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      const at = Math.min(place, bytes.length - 1);
      if (at >= 0) flipped[at] = (flipped[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      return flipped;
    }
    case 1:
      return Buffer.concat([before, after]);
    case 2:
      return Buffer.concat([before, piece, piece, after]);
    case 3:
      return Buffer.concat([before, Buffer.from([Math.floor(random() * 256)]), bytes.subarray(place)]);
    case 4:
      return before;
    case 5:
      return Buffer.concat([before, Buffer.from(odd[Math.floor(random() * odd.length)] ?? ''), after]);
    default:
      return Buffer.concat([bytes, piece]);
  }
}

const odd: readonly string[] = [
  'null',
  '{}',
  '[]',
  '""',
  '1e999',
  '-0',
  '\u0000',
  '"__proto__":{}',
  ',',
  '}',
  '{"a":'.repeat(50),
  '\ud7ff',
  '99999999999999999999',
  'true',
];

/** Numbers below 1 that are the same each time (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
