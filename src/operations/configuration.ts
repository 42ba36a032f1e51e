import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readYaml } from '#language/readers/yaml.ts';
import { Auth, authWithSecrets } from './auth-configuration.ts';
import { ConfigurationError } from './configuration-error.ts';
import { nearest } from './nearest.ts';
import { Notify, noNotify, notifyWithSecrets } from './notify-configuration.ts';
import { Registries, noRegistries } from './registry/registries-configuration.ts';
import { Provenance } from './sbom/trusted-keys.ts';

const Source = z.strictObject({
  /** `git`: a repository or URL. `folder`: a folder of checkouts or a plain one. `drop`: a folder into which SBOMs are put. `image`: an image's archive or layout, or a root file system. */
  kind: z.enum(['git', 'folder', 'drop', 'image']),
  /** Path or URL. */
  at: z.string().min(1),
  /** Git revision; `HEAD` when absent. */
  revision: z.string().min(1).optional(),
  /** Platform of an image: `linux/arm64`; `linux/amd64` when absent, else the first there is. */
  platform: z.string().min(1).optional(),
});

const Feed = z.strictObject({ kind: z.enum(['osv', 'kev', 'epss', 'end-of-life']), from: z.string().min(1) });

const Outbound = z.strictObject({
  proxy: z.string().optional(),
  /** PEM file of a private certificate authority. */
  caFile: z.string().optional(),
  /** Credentials by origin, `https://git.example.com`: user and password or token, as `${ENV}` or `file:…`. */
  credentials: z.array(z.strictObject({ origin: z.url(), user: z.string().default('token'), secret: z.string().min(1) })).optional(),
});

/** Bundles for offices without a network. */
const Bundle = z.strictObject({
  /** Private Ed25519 key that signs exports, PEM, as `${ENV}` or `file:…`. */
  key: z.string().min(1).optional(),
  /** Files with public keys, PEM, whose bundles are taken. */
  trust: z.array(z.string().min(1)).default([]),
});

/** The ledger of what people do. */
const Ledger = z.strictObject({
  /** Private Ed25519 key that signs checkpoints, PEM, as `${ENV}` or `file:…`. */
  key: z.string().min(1).optional(),
  /** Folder outside the office into which checkpoints are put, each hour in which somebody did something. */
  checkpoints: z.string().min(1).optional(),
  /** URL outside the office to which they are sent: `PUT` to a name of its own below it, `POST` to it. `token` is sent as bearer, as `${ENV}` or `file:…`. */
  send: z
    .strictObject({ url: z.url({ protocol: /^https?$/ }), method: z.enum(['PUT', 'POST']).default('PUT'), token: z.string().min(1).optional() })
    .optional(),
  /** Erase names and free text whose time is over (docs/running.md says how long that is). */
  eraseOver: z.boolean().default(false),
});

/** Who owns components. */
const Owners = z.strictObject({
  /** How many months it stands that somebody confirmed an owner. */
  confirmMonths: z.number().int().min(1).max(120).default(12),
});

/** `guildhall.yaml`, as far as this build knows it. */
export const Configuration = z.strictObject({
  name: z.string().default('Guildhall'),
  dataDir: z.string().optional(),
  database: z.string().optional(),
  sources: z.array(Source).default([]),
  feeds: z.array(Feed).default([]),
  registries: Registries.default(noRegistries),
  outbound: Outbound.default({}),
  bundle: Bundle.default({ trust: [] }),
  ledger: Ledger.default({ eraseOver: false }),
  provenance: Provenance.default({ keys: [] }),
  /** File with the policy of the office; it counts once somebody has approved its hash. */
  policy: z.string().min(1).optional(),
  owners: Owners.default({ confirmMonths: 12 }),
  auth: Auth.default({ passwords: true }),
  notify: Notify.default(noNotify),
  /** Minutes between re-scans in `serve`; 0 switches them off. */
  rescanMinutes: z.number().int().min(0).default(60),
  /** Further host names under which the office may be reached. */
  hosts: z.array(z.string()).default([]),
});
export type Configuration = z.infer<typeof Configuration>;

/** The configuration of a file, with `${ENV}` and `file:` secrets filled in and paths made absolute from where it lies; the defaults when no file is given. */
export function readConfiguration(file: string | null, env: Readonly<Record<string, string | undefined>>): Configuration {
  if (file === null) return Configuration.parse({});
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new ConfigurationError(`The configuration ${file} cannot be read. Check the path after --estate.`, { cause });
  }
  const yaml = readYaml(bytes);
  if (!yaml.ok) throw new ConfigurationError(`${file}${yaml.error.line === undefined ? '' : `:${String(yaml.error.line)}`}: ${yaml.error.message}`);
  const parsed = Configuration.safeParse(yaml.value ?? {});
  if (!parsed.success) throw new ConfigurationError(`${file}: ${parsed.error.issues.map(issueText).join('; ')}`);
  const base = path.dirname(path.resolve(file));
  const resolved = (at: string): string => (isUrl(at) || path.isAbsolute(at) ? at : path.join(base, at));
  const { dataDir, database, sources, feeds, outbound, bundle, ledger, provenance, auth, notify, policy } = parsed.data;
  return {
    ...parsed.data,
    ...(dataDir === undefined ? {} : { dataDir: resolved(dataDir) }),
    ...(policy === undefined ? {} : { policy: resolved(policy) }),
    ...(database === undefined ? {} : { database: secret(database, base, env, 'database') }),
    sources: sources.map((each) => ({ ...each, at: resolved(each.at) })),
    feeds: feeds.map((each) => ({ ...each, from: resolved(each.from) })),
    bundle: {
      ...(bundle.key === undefined ? {} : { key: secret(bundle.key, base, env, 'bundle.key') }),
      trust: bundle.trust.map(resolved),
    },
    provenance: { keys: provenance.keys.map((each) => ({ ...each, file: resolved(each.file) })) },
    auth: authWithSecrets(auth, (text, name) => secret(text, base, env, name)),
    notify: notifyWithSecrets(notify, (text, name) => secret(text, base, env, name)),
    ledger: {
      eraseOver: ledger.eraseOver,
      ...(ledger.key === undefined ? {} : { key: secret(ledger.key, base, env, 'ledger.key') }),
      ...(ledger.send === undefined
        ? {}
        : {
            send: {
              ...ledger.send,
              ...(ledger.send.token === undefined ? {} : { token: secret(ledger.send.token, base, env, 'ledger.send.token') }),
            },
          }),
      ...(ledger.checkpoints === undefined ? {} : { checkpoints: resolved(ledger.checkpoints) }),
    },
    outbound: {
      ...outbound,
      ...(outbound.caFile === undefined ? {} : { caFile: resolved(outbound.caFile) }),
      ...(outbound.credentials === undefined
        ? {}
        : {
            credentials: outbound.credentials.map((each, index) => ({
              ...each,
              secret: secret(each.secret, base, env, `outbound.credentials[${String(index)}].secret`),
            })),
          }),
    },
  };
}

/** True for what is fetched rather than read from disk; `git@host:path` included. */
export function isUrl(at: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(at) || /^[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:/.test(at);
}

function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return `${placeText(issue.path)}: ${issue.message}`;
  const known = keysAt(Configuration, issue.path);
  return issue.keys.map((key) => `unknown key "${placeText([...issue.path, key])}" (did you mean "${nearest(key, known)}"?)`).join(', ');
}

function placeText(place: readonly PropertyKey[]): string {
  return place.map((each, at) => (typeof each === 'number' ? `[${String(each)}]` : `${at === 0 ? '' : '.'}${String(each)}`)).join('');
}

/** The keys that may stand at a place of the configuration. */
function keysAt(schema: z.core.$ZodType, place: readonly PropertyKey[]): readonly string[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return keysAt(schema.unwrap(), place);
  const [first, ...rest] = place;
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  const shape = schema.shape as Readonly<Record<string, z.core.$ZodType>>;
  if (first === undefined) return Object.keys(shape);
  const inner = shape[String(first)];
  return inner === undefined ? [] : keysAt(inner, rest);
}

/** The secret that `${ENV}` or `file:path` (from `base`) stands for; `name` is what it is called where it is given. Throws ConfigurationError for anything else and for what is not there. */
export function secret(text: string, base: string, env: Readonly<Record<string, string | undefined>>, name: string): string {
  const named = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(text)?.[1];
  if (named !== undefined) {
    const value = env[named];
    if (value === undefined || value === '') throw new ConfigurationError(`${name} names the environment variable ${named}, which is not set.`);
    return value;
  }
  if (!text.startsWith('file:')) throw new ConfigurationError(`${name} is a secret: it may only be given as \${ENV} or file:path.`);
  try {
    return readFileSync(path.resolve(base, text.slice('file:'.length)), 'utf8').trim();
  } catch (cause) {
    throw new ConfigurationError(`${name}: the secret ${text} cannot be read. Check its path and who may read it.`, { cause });
  }
}
