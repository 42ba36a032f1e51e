import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openStore, type StoreLocation } from '#store/open-store.ts';
import type { NewDelivery, Store } from '#store/store.ts';
import { openHttpReceiver, openMailServer } from '../../src/operations/notify/test-receivers.ts';
import { ticketKind } from '../../src/operations/notify/tickets/collect-tickets.ts';
import { markerOf } from '../../src/operations/notify/tickets/tickets-now.ts';
import { openGitHub } from '../../src/operations/notify/tickets/test-trackers.ts';
import { startPostgres } from '../../tools/postgres.ts';
import type { Drill } from './drill.ts';

const perChannel = 10;
const limitMs = 120_000;

/** What was found on one store; empty `wrong` is as it should be. */
export type SentOn = { readonly deliveries: number; readonly killed: number; readonly cameAgain: number; readonly wrong: readonly string[] };

/**
 * Kills a process that sends mails, webhooks and tickets, each time once the other side has taken something and before it could be marked as sent. The next
 * process goes on. In the end everything must have come, and no ticket twice.
 */
export async function drillDeliveries(): Promise<Drill> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-deliveries-'));
  const server = await startPostgres();
  try {
    const found = { sqlite: await sendAndKill({ dataDir }, 15), postgres: await sendAndKill({ databaseUrl: server.url }, 15) };
    const all = Object.values(found);
    return {
      name: 'deliveries',
      tried: all.reduce((sum, each) => sum + each.deliveries, 0),
      failed: all.reduce((sum, each) => sum + each.wrong.length, 0),
      details: found,
    };
  } finally {
    await server.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The drill on one empty store, with so many kills. */
export async function sendAndKill(location: StoreLocation, kills: number): Promise<SentOn> {
  const store = await openStore(location);
  let sender: ChildProcess | null = null;
  let [took, killed] = [0, 0];
  /** The other side has it; whoever sent it dies before hearing so. Every second time, so that something gets through. */
  const came = (): void => {
    took += 1;
    if (took % 2 === 0 || killed >= kills || sender?.pid === undefined) return;
    killed += 1;
    process.kill(sender.pid, 'SIGKILL');
  };
  const mail = await openMailServer(came);
  const hook = await openHttpReceiver(() => {
    came();
    return { status: 204 };
  });
  const gitHub = await openGitHub('acme/security', 'x', came);
  const channels = [
    { kind: 'mail', name: 'mail', host: '127.0.0.1', port: mail.port, tls: 'none', from: 'a@acme.example', office: ['ospo@acme.example'] },
    { kind: 'webhook', name: 'hook', url: `${hook.url}/hook`, secret: 'x' },
    { kind: 'github', name: 'tracker', api: gitHub.url, repository: 'acme/security', secret: 'x' },
  ];
  try {
    await fill(store);
    const until = Date.now() + limitMs;
    while ((await store.deliveries.list('waiting')).length > 0) {
      if (Date.now() > until) throw new Error('What was to be sent is still waiting. Look at why the sender does not go on.');
      const args = [path.join(import.meta.dirname, 'sender.ts'), JSON.stringify(location), JSON.stringify({ channels })];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
      sender = child;
      const ended = once(child, 'exit').then(() => 'ended');
      while (child.exitCode === null && child.signalCode === null) {
        if ((await Promise.race([ended, pause(100)])) === 'ended') break;
        if ((await store.deliveries.list('waiting')).length === 0 || Date.now() > until) child.kill('SIGKILL');
      }
      if (child.exitCode !== null) throw new Error('The sender ended by itself: see above why.');
    }
    const ids = [
      ...mail.mails.map(({ text }) => /^Message-ID: <([^.@]+)/im.exec(text)?.[1] ?? ''),
      ...hook.requests.map(({ headers }) => String(headers['guildhall-delivery'])),
    ];
    const times = new Map(
      Map.groupBy(ids, (id) => id)
        .entries()
        .map(([id, of]) => [id, of.length]),
    );
    const markers = gitHub.issues.map(({ body }) => /guildhall:([0-9a-f]{32})/.exec(body)?.[1] ?? '');
    const rows = await store.deliveries.list(null);
    const wrong = rows.flatMap(({ id, channel, state, body }) => {
      if (state !== 'sent') return [`${id} is ${state}`];
      if (channel !== 'tracker') return times.has(id) ? [] : [`${id} was marked as sent and never came`];
      const { marker } = JSON.parse(body) as { marker: string };
      const count = markers.filter((each) => each === marker).length;
      return count === 1 ? [] : [`${id} has ${String(count)} tickets`];
    });
    const notKilled = killed === kills ? [] : [`only ${String(killed)} of ${String(kills)} were killed`];
    return { deliveries: rows.length, killed, cameAgain: [...times.values()].filter((count) => count > 1).length, wrong: [...wrong, ...notKilled] };
  } finally {
    await Promise.all([mail.close(), hook.close(), gitHub.close()]);
    await store.close();
  }
}

async function fill({ deliveries }: Store): Promise<void> {
  const change = { say: [], forget: [], now: Date.now() };
  const message = JSON.stringify({ kind: 'act', title: 'To act on', lines: [{ text: 'Something', page: '/' }], more: 0, page: '/' });
  const numbers = Array.from({ length: perChannel }, (_, at) => String(at));
  const of = (channel: string, recipient: string): readonly NewDelivery[] =>
    numbers.map((at) => ({ id: `${channel}${at}`, key: `${channel}${at}`, recipient, kind: 'act', title: 'To act on', body: message, due: 0 }));
  await deliveries.put('mail', { ...change, post: of('mail', 'list:') });
  await deliveries.put('hook', { ...change, post: of('hook', '') });
  const tickets = numbers.map((at) => ({
    marker: markerOf(`component:acme/${at}`, 'pkg:npm/a'),
    ...{ component: { ref: `component:acme/${at}`, name: at }, package: 'a', purl: 'pkg:npm/a', isOpen: true, ended: [] },
    findings: [{ id: 'aaaaaaaaaaaaaaaa', ids: ['CVE-1'], title: 'x', severity: 'high', versions: ['1'], fix: null, due: null, notes: [] }],
  }));
  const post = tickets.map((ticket, at) => ({ id: `tracker${String(at)}`, key: `tracker ${ticket.marker}`, recipient: '', kind: ticketKind }));
  await deliveries.put('tracker', {
    ...change,
    post: post.map((each, at) => ({ ...each, title: `a in ${String(at)}`, body: JSON.stringify(tickets[at]), due: 0 })),
  });
}
