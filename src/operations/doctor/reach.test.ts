import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createServer as createPlain } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Configuration } from '../configuration.ts';
import { reachChecks, whyUnreachable } from './reach.ts';

const room = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-doctor-'));
let server: Server;
let host: string;
let closedPort: number;

beforeAll(async () => {
  // Answers each path that begins with a status with that status.
  server = createServer((request, response) => {
    const status = Number(/^\/(\d{3})/.exec(request.url ?? '')?.[1] ?? 200);
    response.writeHead(status, status === 401 ? { 'www-authenticate': 'Basic realm="x"' } : {});
    response.end(status === 200 ? 'some text' : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const plain = createPlain();
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  closedPort = (plain.address() as AddressInfo).port;
  await new Promise((resolve) => plain.close(resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  fs.rmSync(room, { recursive: true, force: true });
});

describe('a feed behind a network', () => {
  it.each([
    ['answers', () => `http://${host}/200/kev.json`, 'ok', null],
    ['wants a token', () => `http://${host}/401/kev.json`, 'fault', /^It wants other credentials/],
    ['forbids it', () => `http://${host}/403/kev.json`, 'fault', /^It knows the credentials and forbids/],
    ['is asked too often', () => `http://${host}/429/kev.json`, 'fault', /^It is asked too often/],
    ['is not there', () => `http://${host}/404/kev.json`, 'fault', /^It is not there/],
    ['has no address', () => 'https://feeds.invalid/kev.json', 'fault', /^Its host has no address/],
    ['does not listen', () => `http://127.0.0.1:${String(closedPort)}/kev.json`, 'fault', /^Nothing answers there/],
    ['speaks no TLS', () => `https://${host}/kev.json`, 'fault', /^It does not prove who it is/],
  ])('is told from the others when it %s', async (_case, url, state, next) => {
    const [check] = await asked({ feeds: [{ kind: 'kev', from: url() }] });
    expect(check).toMatchObject({ state, exitCode: state === 'ok' ? 0 : 3 });
    expect(check?.next ?? '').toMatch(next ?? /^$/);
  });

  it('answers, when a mirror of the advisories lacks the list of ecosystems', async () => {
    expect(await asked({ feeds: [{ kind: 'osv', from: `http://${host}/404` }] })).toMatchObject([{ state: 'ok' }]);
  });
});

describe('a repository behind a network', () => {
  it.each([
    ['wants a token', () => `http://${host}/401/a.git`, /^It wants other credentials/],
    ['forbids it', () => `http://${host}/403/a.git`, /^It knows the credentials and forbids/],
    ['is asked too often', () => `http://${host}/429/a.git`, /^It is asked too often/],
    ['is not there', () => `http://${host}/404/a.git`, /^It is not there/],
    ['has no address', () => 'https://git.invalid/a.git', /^Its host has no address/],
    ['does not listen', () => `http://127.0.0.1:${String(closedPort)}/a.git`, /^Nothing answers there/],
    ['speaks no TLS', () => `https://${host}/a.git`, /^It does not prove who it is/],
  ])('is told from the others when it %s', async (_case, url, next) => {
    const [check] = await asked({ sources: [{ kind: 'git', at: url() }] });
    expect(check).toMatchObject({ state: 'fault', exitCode: 3 });
    expect(check?.next).toMatch(next);
  });

  it.each([
    ['git@git.example.com: Permission denied (publickey).', 'token'],
    ['Host key verification failed.', 'tls'],
    ['SSL certificate problem: unable to get local issuer certificate', 'tls'],
    ['"https://a.example/" cannot be reached: "Error: the proxy answered 407 to the request for a tunnel".', 'proxy'],
    ['ssh: connect to host git.example.com port 22: Connection timed out', 'connection'],
    ['something nobody has seen before', 'other'],
  ])('is told by its words: %s', (text, why) => {
    expect(whyUnreachable(null, text)).toBe(why);
  });
});

async function asked(configuration: object): ReturnType<typeof reachChecks> {
  const access = { dataDir: room, trusted: true, proxy: null, caFile: null, credentials: [] };
  return await reachChecks(Configuration.parse(configuration), access);
}
