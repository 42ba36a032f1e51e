import fs from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { environmentChecks, memoryCheck, portCheck, toolChecks, type Environment } from './machine-checks.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-doctor-'));
const ownPath = process.env['PATH'];
afterEach(() => {
  process.env['PATH'] = ownPath;
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('the tools an office needs', () => {
  it('are sound where these tests run', async () => {
    expect((await toolChecks(process.versions.node, folder)).map((check) => check.state)).toEqual(['ok', 'ok']);
  });

  it.each([
    ['Node is of an older line', () => undefined, '24.11.0', 'node', /^Node 24\.11\.0 is too old\.$/],
    ['there is no git', () => withGit(null), '26.1.0', 'git', /^git cannot be run\.$/],
    ['git is of 2022', () => withGit('git version 2.34.1'), '26.1.0', 'git', /^git 2\.34 is older than 2\.39\.$/],
  ])('are at fault when %s', async (_case, arrange, version, name, message) => {
    arrange();
    const check = (await toolChecks(version, folder)).find((each) => each.name === name);
    expect(check).toMatchObject({ state: 'fault', exitCode: 1, message: expect.stringMatching(message) as unknown });
  });
});

describe('the environment', () => {
  it.each<[string, Environment, string | null, string, string, RegExp]>([
    ['certificates are not checked', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, null, 'tls', 'fault', /anyone pose/],
    ['there is no proxy', {}, null, 'proxy', 'ok', /^none/],
    ['HTTPS_PROXY is set', { HTTPS_PROXY: 'http://p:1' }, null, 'proxy', 'ok', /^HTTPS_PROXY is used$/],
    ['the configuration names another', { HTTPS_PROXY: 'http://p:1' }, 'http://q:1', 'proxy', 'ok', /^outbound\.proxy/],
    [
      'a proxy is set in a variable that is not read',
      { http_proxy: 'http://p:1' },
      null,
      'proxy',
      'warning',
      /^http_proxy is set and not read; the network is left directly/,
    ],
    [
      'authorities are set in variables that are not read',
      { SSL_CERT_FILE: '/a', GIT_SSL_CAINFO: '/b' },
      null,
      'authorities',
      'warning',
      /^SSL_CERT_FILE, GIT_SSL_CAINFO/,
    ],
    ['authorities are set for Node alone', { NODE_EXTRA_CA_CERTS: '/a' }, null, 'authorities', 'warning', /not by git/],
    ['the time zone is far away', { TZ: 'Pacific/Kiritimati' }, null, 'time zone', 'ok', /^Pacific\/Kiritimati; it makes no difference/],
  ])('is judged when %s', (_case, environment, proxy, name, state, message) => {
    const check = environmentChecks(environment, proxy).find((each) => each.name === name);
    expect(check).toMatchObject({ state, message: expect.stringMatching(message) as unknown });
  });
});

describe('the port', () => {
  it('is free, or at fault when another program has it', async () => {
    const server = createServer((socket) => socket.resume().end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await portCheck(port)).toMatchObject({ state: 'fault', message: `Another program has port ${String(port)}.` });
    await new Promise((resolve) => server.close(resolve));
    expect(await portCheck(port)).toMatchObject({ state: 'ok' });
  });
});

describe('the memory', () => {
  it.each([
    [
      'a small estate in 2 GB',
      { bytes: 2e9, isContainer: true },
      50_000,
      'ok',
      '2.0 GB allowed by the container; an estate of 50,000 occurrences wants about 0.7 GB',
    ],
    [
      'a large estate in 2 GB',
      { bytes: 2e9, isContainer: true },
      100_000_000,
      'warning',
      '2.0 GB allowed by the container, and an estate of 100,000,000 occurrences wants about 4.7 GB.',
    ],
    [
      'a container for toys',
      { bytes: 512e6, isContainer: true },
      0,
      'warning',
      '0.5 GB allowed by the container, and an estate of 0 occurrences wants about 0.7 GB.',
    ],
  ] as const)('is judged by the estate: %s', (_case, limit, occurrences, state, message) => {
    expect(memoryCheck(limit, occurrences)).toMatchObject({ state, message });
  });
});

/** Puts a git of this version first on the PATH, or none at all. */
function withGit(version: string | null): void {
  const bin = fs.mkdtempSync(path.join(folder, 'bin-'));
  if (version !== null) fs.writeFileSync(path.join(bin, 'git'), `#!/bin/sh\necho '${version}'\n`, { mode: 0o755 });
  process.env['PATH'] = version === null ? bin : `${bin}:${ownPath ?? ''}`;
}
