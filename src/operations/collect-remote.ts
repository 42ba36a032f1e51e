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

/** Looks at a repository behind a URL through its mirror. When the fetch fails the look has failed, so that what is known stays, as stale. */
export async function collectRemote(url: string, revision: string | undefined, access: RemoteAccess, wanted: Wanted): Promise<Collection> {
  const fetched = await mirror({
    url,
    trusted: access.trusted,
    dataDir: access.dataDir,
    ...(revision === undefined ? {} : { branch: revision }),
    network: { proxy: access.proxy, caFile: access.caFile, credentials: authorizations(access) },
  });
  const { origin, place } = fetched.provenance;
  if (fetched.problem !== null) return failedCollection('git', origin, place, wanted.now, fetched.problem);
  if (fetched.folder === null)
    return failedCollection('git', origin, place, wanted.now, {
      code: 'no-mirror',
      message: 'There is no mirror of the repository yet.',
      severity: 'error',
    });
  return collectGit({ folder: fetched.folder, revision: fetched.revision, provenance: fetched.provenance }, wanted);
}
