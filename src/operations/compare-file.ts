import type { Estate } from '#estate/estate.ts';
import { resultOf } from '#gateway/gateway.ts';
import type { Problem } from '#model/problem.ts';
import type { Visibility } from '#model/visibility.ts';
import { compareFindings, type ComparedFinding } from './compare-findings.ts';
import type { Context } from './context.ts';
import { importFormatOf } from './import-format.ts';

/** What a file of another tool's findings says of a component beside our open findings. */
export type FileCompared = { readonly rows: readonly ComparedFinding[]; readonly problems: readonly Problem[] };

/** Formats whose files say what another tool found. */
export const reportingFormats: readonly string[] = ['dependency-track', 'cyclonedx'];

/** Reads a file of findings in the gateway and compares it; nothing is kept. Null when it is of no format that reports findings. */
export async function compareFile(
  { gateway }: Pick<Context, 'gateway'>,
  estate: Estate,
  visibility: Visibility,
  asked: { readonly component: number; readonly file: string; readonly bytes: Uint8Array; readonly formatId: string | null },
): Promise<FileCompared | null> {
  const { component, file, bytes } = asked;
  const formatId = asked.formatId ?? importFormatOf('statements', file, bytes);
  if (formatId === null || !reportingFormats.includes(formatId)) return null;
  const { reported, problems } = resultOf(await gateway.read({ path: file, bytes, formatId }, () => Promise.resolve(null)));
  return { rows: reported === undefined ? [] : compareFindings(estate, visibility, component, reported), problems };
}
