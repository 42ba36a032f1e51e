import { z } from 'zod';

/** One package version on a path. */
export const PathStep = z.object({
  /** Without version: the key of the package's own page. */
  purl: z.string(),
  name: z.string(),
  /** Null when only a range is known. */
  version: z.string().nullable(),
});
export type PathStep = z.infer<typeof PathStep>;

/** Why one package version is in one file of a component. */
export const PathsOfUse = PathStep.extend({
  evidence: z.object({ kind: z.enum(['lockfile', 'manifest', 'sbom']), path: z.string() }),
  scope: z.string(),
  direct: z.boolean().nullable(),
  /** `part`: it is a direct dependency, and whether others need it too is not told. `none`: nothing is told, which is not "no path". */
  known: z.enum(['all', 'part', 'none']),
  /** What is not known and why, or on what guess the paths rest; null when there is nothing to say. */
  reason: z.string().nullable(),
  /** Simple paths; null when they are unknown, at least that many where `isExact` is false. */
  count: z.number().int().positive().nullable(),
  isExact: z.boolean(),
  /** What every path goes through on its way, from the component's side on. */
  shared: z.array(PathStep),
  /** Shortest first; `scope` is the lightest scope on the path, both ends are included. */
  paths: z.array(z.object({ scope: z.string(), steps: z.array(PathStep) })),
});
export type PathsOfUse = z.infer<typeof PathsOfUse>;

/** Which package is meant. Edges are kept for now only, so that there is no `asOf`. */
export const ComponentPathsQuery = z.strictObject({
  /** A purl, without version or with one. */
  package: z.string(),
  /** Paths listed of each use. */
  limit: z.coerce.number().int().min(1).max(1000).default(20),
});
export type ComponentPathsQuery = z.infer<typeof ComponentPathsQuery>;

/** The paths to a package, use by use; empty when the component does not use it now. */
export const ComponentPaths = z.object({ component: z.object({ ref: z.string(), name: z.string() }), uses: z.array(PathsOfUse) });
export type ComponentPaths = z.infer<typeof ComponentPaths>;
