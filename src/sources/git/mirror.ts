import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redactText } from '#language/redact.ts';
import { quoted, type Problem } from '#model/problem.ts';
import { checkedAddresses, type Address, type Resolve } from '#outbound/addresses.ts';
import { provenanceOfFolder, provenanceOfRemote, type Provenance } from '../place-of.ts';
import { startGit } from './run-git.ts';

export type MirrorSource = {
  /** `https://…`, `ssh://…` or `user@host:path`; with `trusted` also `http://`, `file://` and local paths. */
  readonly url: string;
  /** True only for URLs from the command line or the configuration; those from the API or the web may not name this machine or an inner address. */
  readonly trusted: boolean;
  /** A branch by its short name; the remote's own default when absent. */
  readonly branch?: string;
  readonly dataDir: string;
  /** How the network is left; all from the configuration. */
  readonly network?: {
    readonly proxy?: string | null;
    /** PEM file of private certificate authorities. */
    readonly caFile?: string | null;
    /** Authorization header by origin; sent to that origin only. */
    readonly credentials?: ReadonlyMap<string, string>;
    readonly resolve?: Resolve;
  };
  /** 30 minutes by default. */
  readonly deadlineMs?: number;
  /** Largest mirror on disk; 8 GiB by default. */
  readonly maxBytes?: number;
};

/**
 * A mirror: where it lies, at which revision of it to look, and what it is of. With a problem the fetch failed, and the mirror,
 * if there is one, holds what was fetched before.
 */
export type Mirror = { readonly folder: string | null; readonly revision: string; readonly provenance: Provenance; readonly problem: Problem | null };

/** `url` of kind `file` is a plain path. */
type Target = {
  readonly kind: 'https' | 'http' | 'ssh' | 'file';
  readonly url: string;
  readonly origin: string;
  readonly host: string;
  readonly authorization: string | null;
};

/**
 * Clones or updates the bare mirror of one branch: no tags, no submodules, no hooks, no redirects. Never throws on what the remote does.
 * A repository on this machine is its own mirror: cloning it would start git inside it, with its configuration.
 */
export async function mirror(source: MirrorSource): Promise<Mirror> {
  const provenance = provenanceOfRemote(source.url) ?? provenanceOfFolder(source.url.replace(/^file:\/\//, '').replace(/\/+$/, ''));
  const target = targetOf(source);
  const revision = 'HEAD';
  if ('code' in target) return { folder: null, revision, provenance, problem: target };
  if (target.kind === 'file')
    return { folder: target.url, revision: source.branch === undefined ? 'HEAD' : `refs/heads/${source.branch}`, provenance, problem: null };
  const folder = join(
    source.dataDir,
    'mirrors',
    createHash('sha256')
      .update(`${target.url}\n${source.branch ?? ''}`)
      .digest('hex')
      .slice(0, 32),
  );
  const had = await stat(join(folder, 'refs', 'heads', 'mirror')).catch(() => null);
  const problem = await fetchInto(folder, source, target);
  // What a first try left behind is no mirror.
  if (problem !== null && had === null) await rm(folder, { recursive: true, force: true });
  return { folder: problem !== null && had === null ? null : folder, revision, provenance, problem };
}

/** Why a remote repository does not tell what it holds, or null when it does. Nothing is fetched or kept. */
export async function mirrorAnswers(source: MirrorSource): Promise<Problem | null> {
  const target = targetOf(source);
  if ('code' in target) return target;
  if (target.kind === 'file') return null;
  const pinned = await pinnedAddresses(source, target);
  if ('code' in pinned) return pinned;
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-remote-'));
  try {
    await makeBare(folder);
    const git = startGit({
      command: ['ls-remote', '--quiet'],
      outside: [target.url, source.branch === undefined ? 'HEAD' : `refs/heads/${source.branch}`],
      gitDir: folder,
      config: settingsOf(source, target, pinned),
      environment: environmentOf(target, pinned),
      deadlineMs: source.deadlineMs ?? 30_000,
    });
    git.child.stdin.end();
    git.child.stdout.resume();
    const problem = await git.ended;
    return problem === null ? null : error('no-answer', `${shown(target)} does not answer: ${redactText(problem.message)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fetchInto(folder: string, source: MirrorSource, target: Target): Promise<Problem | null> {
  const pinned = await pinnedAddresses(source, target);
  if ('code' in pinned) return pinned;
  await makeBare(folder);
  const from = source.branch === undefined ? 'HEAD' : `refs/heads/${source.branch}`;
  const git = startGit({
    command: [
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-recurse-submodules',
      '--no-write-fetch-head',
      '--no-auto-maintenance',
      '--force',
      '--update-head-ok',
    ],
    outside: [target.url, `+${from}:refs/heads/mirror`],
    gitDir: folder,
    config: settingsOf(source, target, pinned),
    environment: environmentOf(target, pinned),
    deadlineMs: source.deadlineMs ?? 1_800_000,
  });
  git.child.stdin.end();
  git.child.stdout.resume();
  const maxBytes = source.maxBytes ?? 8 * 1024 ** 3;
  const watch = setInterval(() => {
    void sizeOfPacks(folder).then((size) => {
      if (size > maxBytes) git.stop(error('too-large', `${shown(target)} holds more than ${String(maxBytes)} bytes; the mirror was stopped.`));
    });
  }, 1_000);
  const problem = await git.ended;
  clearInterval(watch);
  await removeLeftovers(folder);
  if (problem?.code !== 'git-failed') return problem;
  return error('clone-failed', `${shown(target)} cannot be fetched: ${redactText(problem.message)}`);
}

function targetOf(source: MirrorSource): Target | Problem {
  const { url, trusted, branch } = source;
  const refuse = (why: string) => error('url-refused', `${quoted(redactText(url))} is not fetched: ${why}.`);
  if (url.length > 2_048 || /[\p{Cc}\s]/u.test(url) || url.startsWith('-')) return refuse('it is not a plain URL');
  if (branch !== undefined && (!/^[^\p{Cc} ~^:?*[\\]{1,512}$/u.test(branch) || /\.\.|@\{|\/\/|^[-/.]|\/$|\.lock$|\.$/.test(branch)))
    return refuse(`${quoted(branch)} is not a name of a branch`);
  const scp = /^([A-Za-z0-9_][A-Za-z0-9._-]*)@([A-Za-z0-9][A-Za-z0-9.-]*):(?!\/\/)([^:]+)$/.exec(url);
  const parsed = URL.parse(scp === null ? url : `ssh://${scp[1] ?? ''}@${scp[2] ?? ''}/${scp[3] ?? ''}`);
  if (parsed === null || parsed.protocol === 'file:') {
    const path = parsed === null ? url : decodeURIComponent(parsed.pathname);
    if (!trusted) return refuse('local paths are taken from the command line and the configuration only');
    if (!path.startsWith('/')) return refuse('a local path must be absolute');
    return { kind: 'file', url: path, origin: '', host: '', authorization: null };
  }
  const kind = { 'https:': 'https', 'http:': 'http', 'ssh:': 'ssh' }[parsed.protocol] as 'https' | 'http' | 'ssh' | undefined;
  if (kind === undefined) return refuse('only https and ssh are used');
  if (kind === 'http' && !trusted) return refuse('http without encryption is taken from the command line and the configuration only');
  if (!/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-f:.]+\])$/.test(parsed.hostname)) return refuse('its host is no plain name');
  if (kind === 'ssh') {
    if (!/^(?:[A-Za-z0-9_][A-Za-z0-9._-]*)?$/.test(parsed.username) || parsed.password !== '' || /^\/*-/.test(parsed.pathname))
      return refuse('its user or path is no plain name');
    return { kind, url: parsed.href, origin: `ssh://${parsed.host}`, host: parsed.hostname, authorization: null };
  }
  const { username, password } = parsed;
  const own = username === '' ? null : `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
  parsed.username = '';
  parsed.password = '';
  return {
    kind,
    url: parsed.href,
    origin: parsed.origin,
    host: parsed.hostname,
    authorization: source.network?.credentials?.get(parsed.origin) ?? own,
  };
}

/** The addresses an untrusted URL may lead to, checked once; git and ssh are then told to use one of them. Empty: as the system resolves. */
async function pinnedAddresses(source: MirrorSource, target: Target): Promise<readonly Address[] | Problem> {
  if (source.trusted) return [];
  return await checkedAddresses(target.host, false, source.network?.resolve);
}

function settingsOf(source: MirrorSource, target: Target, pinned: readonly Address[]): readonly (readonly [string, string])[] {
  const { proxy = null, caFile = null } = source.network ?? {};
  const port = URL.parse(target.url)?.port || '443';
  return [
    ['http.followRedirects', 'false'],
    ['http.lowSpeedLimit', '1000'],
    ['http.lowSpeedTime', '60'],
    ['transfer.fsckObjects', 'true'],
    // Old and harmless faults of many real repositories; nothing is ever checked out here.
    ...['zeroPaddedFilemode', 'badTimezone', 'missingSpaceBeforeDate', 'missingEmail', 'badName', 'badDate', 'badFilemode'].map(
      (id) => [`fetch.fsck.${id}`, 'warn'] as const,
    ),
    ['fetch.unpackLimit', '1'],
    ...(proxy === null ? [] : [['http.proxy', proxy] as const]),
    ...(caFile === null ? [] : [['http.sslCAInfo', caFile] as const]),
    ...(target.authorization === null ? [] : [[`http.${target.origin}/.extraHeader`, `Authorization: ${target.authorization}`] as const]),
    ...(target.kind === 'https' && proxy === null
      ? pinned.slice(0, 1).map((each) => ['http.curloptResolve', `${target.host}:${port}:${each.address}`] as const)
      : []),
  ];
}

function environmentOf(target: Target, pinned: readonly Address[]): Record<string, string> {
  const [address] = pinned;
  // Host and address were checked against a grammar without spaces and shell signs.
  const pin = target.kind === 'ssh' && address !== undefined ? ` -oHostKeyAlias=${target.host} -oHostname=${address.address}` : '';
  const agent = process.env['SSH_AUTH_SOCK'];
  return {
    GIT_ALLOW_PROTOCOL: target.kind,
    ...(target.kind === 'ssh'
      ? { GIT_SSH_COMMAND: `ssh -oBatchMode=yes -oPermitLocalCommand=no -oForwardAgent=no${pin}`, GIT_SSH_VARIANT: 'ssh' }
      : {}),
    ...(target.kind === 'ssh' && agent !== undefined ? { SSH_AUTH_SOCK: agent } : {}),
  };
}

/** An empty bare repository, made by us so that no template of the machine puts hooks into it. */
async function makeBare(folder: string): Promise<void> {
  await mkdir(join(folder, 'objects', 'pack'), { recursive: true });
  await mkdir(join(folder, 'objects', 'info'), { recursive: true });
  await mkdir(join(folder, 'refs', 'heads'), { recursive: true });
  await writeFile(join(folder, 'HEAD'), 'ref: refs/heads/mirror\n');
  await writeFile(join(folder, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
}

async function packFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, 'objects', 'pack')).catch(() => []);
  return names.map((name) => join(folder, 'objects', 'pack', name));
}

async function sizeOfPacks(folder: string): Promise<number> {
  const sizes = await Promise.all((await packFiles(folder)).map(async (file) => (await stat(file).catch(() => null))?.size ?? 0));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** A fetch that was killed leaves its unfinished pack and lock files; the next one must neither fill the disk nor wait for them. */
async function removeLeftovers(folder: string): Promise<void> {
  const left = (await packFiles(folder)).filter((file) => /[/\\]tmp_[^/\\]*$/.test(file));
  await Promise.all([...left, join(folder, 'refs', 'heads', 'mirror.lock'), join(folder, 'shallow.lock')].map((file) => rm(file, { force: true })));
}

function shown(target: Target): string {
  return quoted(target.url.replace(/\?.*$/, ''), 300);
}

function error(code: string, message: string): Problem {
  return { code, message, severity: 'error' };
}

/** Deletes every mirror: which repository one is of is not written in it, and the next look fetches it again. */
export async function dropMirrors(dataDir: string): Promise<void> {
  await rm(join(dataDir, 'mirrors'), { recursive: true, force: true });
}
