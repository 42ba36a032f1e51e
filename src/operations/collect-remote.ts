import { failedCollection, type Collection, type Wanted } from '#sources/collection.ts';
import { collectGit } from '#sources/git/collect.ts';
import { mirror } from '#sources/git/mirror.ts';

/** How an office reaches what is not on this machine. */
export type RemoteAccess = {
  /** Mirrors lie in it. */
  readonly dataDir: string;
  /** True for URLs from the command line or the configuration. */
  readonly trusted: boolean;
  readonly proxy: string | null;
  /** PEM file of private certificate authorities. */
  readonly caFile: string | null;
  readonly credentials: readonly { readonly origin: string; readonly user: string; readonly secret: string }[];
};

/** Authorization header by origin, as git runner and HTTP client take it. */
export function authorizations(access: RemoteAccess): ReadonlyMap<string, string> {
  return new Map(
    access.credentials.map(({ origin, user, secret }) => [new URL(origin).origin, `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`]),
  );
}

/**
 * Looks at a repository behind a URL through its mirror, which lies in `folder` (null when there is none). When the fetch fails the look has failed,
 * so that what is known stays, as stale.
 */
export async function collectRemote(
  url: string,
  revision: string | undefined,
  access: RemoteAccess,
  wanted: Wanted,
): Promise<{ readonly folder: string | null; readonly collection: Collection }> {
  const fetched = await mirror({
    url,
    trusted: access.trusted,
    dataDir: access.dataDir,
    ...(revision === undefined ? {} : { branch: revision }),
    network: { proxy: access.proxy, caFile: access.caFile, credentials: authorizations(access) },
  });
  const { origin, place } = fetched.provenance;
  const problem = fetched.problem ?? (fetched.folder === null ? noMirror : null);
  if (problem !== null || fetched.folder === null)
    return { folder: null, collection: failedCollection('git', origin, place, wanted.now, problem ?? noMirror) };
  const { folder, provenance } = fetched;
  return { folder, collection: await collectGit({ folder, revision: fetched.revision, provenance }, wanted) };
}

const noMirror = { code: 'no-mirror', message: 'There is no mirror of the repository yet.', severity: 'error' } as const;
