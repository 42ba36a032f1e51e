import { z } from 'zod';

const Warning = z.object({ kind: z.string(), reason: z.string().nullable() });

/** One version as its registry has it. */
export const ReleasedVersion = z.object({
  version: z.string(),
  /** Null: the registry did not say. */
  released: z.iso.datetime().nullable(),
  /** Word for word, with the field in which each stood; null: not asked. */
  licences: z.array(z.object({ field: z.string(), text: z.string() })).nullable(),
  warning: Warning.nullable(),
  /** Components that may be seen use it. */
  inUse: z.boolean(),
  /** Years between its release and that of the latest stable version, never less than 0; null where one of the two is not known. */
  libyears: z.number().nonnegative().nullable(),
});
export type ReleasedVersion = z.infer<typeof ReleasedVersion>;

/** What its registry says of a package, as declared there. */
export const PackageRegistry = z.object({
  /** `absent`: the registry has it not, or no more; `unknown`: not asked yet; `withheld`: it is not asked about. */
  state: z.enum(['known', 'absent', 'unknown', 'withheld']),
  /** Why nothing is known, in a sentence; null where something is. */
  because: z.string().nullable(),
  /** Address of the registry that said it. */
  registry: z.string().nullable(),
  askedAt: z.iso.datetime().nullable(),
  /** When it last answered. */
  confirmedAt: z.iso.datetime().nullable(),
  /** Why the last try failed, or what it left open. */
  problem: z.string().nullable(),
  latest: z.string().nullable(),
  /** Of the package as a whole. */
  warning: Warning.nullable(),
  /** An https URL; null: not said, or no such URL. */
  repository: z.url({ protocol: /^https$/ }).nullable(),
  /** Newest first: the last ones, and all in use. */
  versions: z.array(ReleasedVersion),
  /** How many there are in all. */
  total: z.number().int().nonnegative(),
});
export type PackageRegistry = z.infer<typeof PackageRegistry>;
