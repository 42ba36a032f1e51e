import { z } from 'zod';
import { licenceFileRoles } from '#model/licence-file.ts';
import { ListQuery, listOf, sortBy } from './list.ts';

const Text = z.object({ ids: z.array(z.string()), likeness: z.number().min(0).max(1) });

/** A file with a licence in the tree of a component, and what was found in it by likeness. */
export const LicenceFile = z.object({
  path: z.string(),
  component: z.object({ ref: z.string(), name: z.string() }),
  /** Whose licence it says: the component's own, that of a package copied into its tree, of a part of it, or of files that name it. */
  role: z.enum(licenceFileRoles),
  /** The package version to which it belongs; null when it belongs to none, or which one cannot be told. */
  package: z.object({ purl: z.string(), name: z.string(), version: z.string() }).nullable(),
  /** SPDX expressions, all of which hold; empty: unknown. */
  said: z.array(z.string()),
  /** Texts of the SPDX list that were found, with every id that bears each, and the likeness. */
  texts: z.array(Text),
  /** The text that is nearest where none is near enough. */
  nearest: Text.nullable(),
  /** More stands in it than what was found: what that says is not known. */
  isMore: z.boolean(),
  /** False when it could not be read: it is then unknown. */
  isRead: z.boolean(),
  /** Lines of copyright; null in lists of other things. */
  copyright: z.array(z.string()).nullable(),
});
export type LicenceFile = z.infer<typeof LicenceFile>;

/** Narrows the files with licences of a component. */
export const LicenceFileQuery = ListQuery.extend({
  role: z.enum(licenceFileRoles).optional(),
  /** Only those whose terms are known, or are not. */
  known: z.enum(['yes', 'no']).optional(),
  sort: sortBy(['path', 'role'], 'role'),
});
export type LicenceFileQuery = z.infer<typeof LicenceFileQuery>;

/** One page of the files with licences of a component, with how many there are by whose licence they say. */
export const LicenceFileList = listOf(LicenceFile).extend({
  counts: z.object({ own: z.number().int(), package: z.number().int(), part: z.number().int(), text: z.number().int() }),
  /** The list that texts were compared with, e.g. `spdx-license-list 6.12.0`; null where there is no file. */
  list: z.string().nullable(),
});
export type LicenceFileList = z.infer<typeof LicenceFileList>;
