import { z } from 'zod';
import { formatKinds, type FormatKind } from '#model/format.ts';

/** One kind of file that this build reads. */
export const FileFormat = z.object({
  /** As `--as` takes it. */
  id: z.string(),
  /** Raised when the same bytes may give another reading. */
  version: z.number().int().positive(),
  title: z.string(),
  kind: z.enum(Object.keys(formatKinds) as [FormatKind, ...FormatKind[]]),
  /** As OSV spells them; empty where any may occur, or OSV has none. */
  ecosystems: z.array(z.string()),
  /** Address of its specification. */
  spec: z.string(),
  reads: z.string(),
  cannotSee: z.string(),
});
export type FileFormat = z.infer<typeof FileFormat>;

export const FileFormatList = z.object({ items: z.array(FileFormat) });
