import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectGit } from './collect.ts';
import { git, temporaryFolder } from './fixtures/git.ts';
import { mirror, type MirrorSource } from './mirror.ts';

let folder = temporaryFolder();
let remote = '';
const servers: Server[] = [];
let open = { url: '' };
beforeEach(async () => {
  folder = temporaryFolder();
  remote = join(folder.path, 'acme', 'shop');
  mkdirSync(remote, { recursive: true });
  git(remote, ['init', '-q', '-b', 'main']);
  commit('one');
  open = await serveOverHttp(() => null);
});
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  folder.remove();
});

const commit = (content: string) => {
  writeFileSync(join(remote, 'a.lock'), content);
  git(remote, ['add', '.']);
  git(remote, ['commit', '-q', '-m', content]);
};
const fetched = (source: Partial<MirrorSource> = {}) =>
  mirror({ url: `${open.url}/acme/shop/.git`, trusted: true, dataDir: join(folder.path, 'data'), deadlineMs: 20_000, ...source });
const contentOf = async (mirrored: Awaited<ReturnType<typeof mirror>>) => {
  const collection = await collectGit({ folder: mirrored.folder ?? '', provenance: mirrored.provenance }, { wants: () => true, now: Date.now() });
  const entry = collection.entries.find(({ path }) => path === 'a.lock');
  const bytes = entry?.state === 'read' ? await entry.bytes() : null;
  await collection.close();
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString() : collection.problems[0]?.code;
};

/** Serves the folder over HTTP with git's own server program. */
const serveOverHttp = async (before: (url: string, headers: IncomingHttpHeaders) => { status: number; location?: string } | null) => {
  const seen: { url: string; authorization: string | undefined }[] = [];
  const backend = join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend');
  const server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', authorization: request.headers.authorization });
    const instead = before(request.url ?? '', request.headers);
    if (instead !== null) {
      response.writeHead(instead.status, instead.location === undefined ? {} : { location: instead.location }).end();
      return;
    }
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const env = {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: folder.path,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      HTTP_GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
    };
    const cgi = spawn(backend, { env: env as NodeJS.ProcessEnv });
    request.pipe(cgi.stdin);
    const parts: Buffer[] = [];
    cgi.stdout.on('data', (part: Buffer) => parts.push(part));
    cgi.on('close', () => {
      const all = Buffer.concat(parts);
      const end = all.indexOf('\r\n\r\n');
      const headers = all
        .toString('latin1', 0, end)
        .split('\r\n')
        .map((line) => line.split(': ') as [string, string]);
      for (const [name, value] of headers) if (name !== 'Status') response.setHeader(name, value);
      response.writeHead(Number(headers.find(([name]) => name === 'Status')?.[1].slice(0, 3) ?? 200)).end(all.subarray(end + 4));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { seen, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
};

describe('a mirror', () => {
  it('is made, follows its remote, and keeps the last state when the remote fails', async () => {
    expect(await contentOf(await fetched())).toBe('one');
    commit('two');
    expect(await contentOf(await fetched())).toBe('two');
    renameSync(remote, `${remote}-gone`);
    const failed = await fetched();
    expect(failed.problem?.code).toBe('clone-failed');
    expect(await contentOf(failed)).toBe('two');
  });

  it('follows a rewritten branch', async () => {
    await fetched();
    git(remote, ['checkout', '-q', '--orphan', 'new']);
    commit('rewritten');
    git(remote, ['branch', '-M', 'new', 'main']);
    expect(await contentOf(await fetched())).toBe('rewritten');
  });

  it('of a branch holds that branch', async () => {
    git(remote, ['checkout', '-q', '-b', 'release/1']);
    commit('release');
    git(remote, ['checkout', '-q', 'main']);
    expect(await contentOf(await fetched({ branch: 'release/1' }))).toBe('release');
  });

  it('has neither hooks nor tags nor submodules', async () => {
    git(remote, ['tag', 'v1']);
    const { folder: path } = await fetched();
    expect(readdirSync(path ?? '').filter((name) => ['hooks', 'modules'].includes(name))).toEqual([]);
    expect(existsSync(join(path ?? '', 'refs', 'tags', 'v1'))).toBe(false);
  });

  it('of a repository on this machine is that repository, so that no git runs inside it', async () => {
    git(remote, ['branch', 'other']);
    commit('two');
    expect(await fetched({ url: remote, branch: 'other' })).toMatchObject({
      folder: remote,
      revision: 'refs/heads/other',
      problem: null,
      provenance: { origin: 'folder:acme/shop' },
    });
    expect(await contentOf(await fetched({ url: `file://${remote}` }))).toBe('two');
  });

  it('that never worked leaves nothing behind', async () => {
    const failed = await fetched({ url: `${open.url}/none` });
    expect(failed).toMatchObject({ folder: null, problem: { code: 'clone-failed' } });
    expect(readdirSync(join(folder.path, 'data', 'mirrors'))).toEqual([]);
  });

  it('is fetched over HTTP with credentials that stay out of the mirror and of the messages', async () => {
    const { url, seen } = await serveOverHttp((_, headers) => (headers.authorization === undefined ? { status: 401 } : null));
    const address = `${url.replace('//', '//me:s3cret@')}/acme/shop/.git`;
    const mirrored = await fetched({ url: address });
    expect(await contentOf(mirrored)).toBe('one');
    expect(seen.every((request) => request.authorization === 'Basic bWU6czNjcmV0')).toBe(true);
    const files = readdirSync(mirrored.folder ?? '', { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    expect(files.filter((file) => readFileSync(join(file.parentPath, file.name), 'latin1').includes('s3cret'))).toEqual([]);
    const failed = await fetched({ url: address.replace('shop', 'none') });
    expect(JSON.stringify(failed)).not.toContain('s3cret');
  });

  it('follows no redirect, so that no credentials travel', async () => {
    const { url, seen } = await serveOverHttp((path) =>
      path.startsWith('/moved') ? { status: 302, location: `/acme/shop/.git${path.slice(6)}` } : null,
    );
    const failed = await fetched({ url: `${url}/moved` });
    expect([failed.folder, failed.problem?.code, seen.length]).toEqual([null, 'clone-failed', 1]);
  });

  it('ends at its deadline when the server never answers', async () => {
    const server = createServer(() => undefined);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const start = performance.now();
    const failed = await fetched({ url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/x`, deadlineMs: 500 });
    expect([failed.problem?.code, performance.now() - start < 5_000]).toEqual(['deadline', true]);
  });
});

describe('a URL', () => {
  it.each([
    '--upload-pack=touch canary',
    'ext::sh -c touch% canary',
    'ssh://-oProxyCommand=touch%20canary/x',
    'ssh://host/-x',
    'git@-oProxyCommand=x:y',
    'git://github.com/a/b',
    'ftp://example.org/a',
    'https://exa mple.org/a',
    'relative/path',
    'https://example.org/a\nb',
  ])('of %j is refused even when it is trusted', async (url) => {
    expect((await fetched({ url })).problem?.code).toBe('url-refused');
    expect(existsSync(join(folder.path, 'canary'))).toBe(false);
  });

  it.each(['/srv/git/shop', 'file:///srv/git/shop', 'http://github.com/acme/shop'])('of %j is refused when it comes from outside', async (url) => {
    expect((await fetched({ url, trusted: false })).problem?.code).toBe('url-refused');
  });

  it.each(['https://127.0.0.1/a/b', 'https://localhost/a/b', 'ssh://git@[::1]/a/b', 'https://169.254.169.254/a'])(
    'that leads inside (%s) is refused when it comes from outside',
    async (url) => {
      expect((await fetched({ url, trusted: false })).problem?.code).toBe('address-refused');
    },
  );

  it.each(['-x', 'a..b', 'a b', '+x:y', 'refs/../x', ''])('with a branch named %j is refused', async (branch) => {
    expect((await fetched({ branch })).problem?.code).toBe('url-refused');
  });
});
