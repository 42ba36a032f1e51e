import { readingSubject } from '#desk/reading/reading.ts';
import { isoOf } from '#operations/finding-view.ts';
import { readingNow, type ReadingView } from '#operations/reading-now.ts';
import type { Handler, ReplyOf } from '../asked.ts';

/** How far reading the configured sources and feeds is. */
export const reading: Handler<'reading'> = async ({ office, visibility }) => {
  const { desk } = office.desk;
  const { paused } = desk.reading;
  const now = await readingNow(office, office.plan, paused);
  // Names and counts are of everything that is configured, restricted or not.
  const seesAll = visibility.kind === 'all';
  return {
    state: now.state,
    isFirst: now.isFirst,
    endedAt: isoOf(now.endedAt),
    stopped: paused === null ? null : { by: paused.by, at: new Date(paused.at).toISOString() },
    version: desk.versions.get(readingSubject) ?? 0,
    sources: seesAll ? now.sources.map(viewOf) : [],
    lines: seesAll ? now.lines.map((line) => ({ ...line, at: new Date(line.at).toISOString() })) : [],
  };
};

function viewOf({ kind, name, state, trouble, progress }: ReadingView): ReplyOf<'reading'>['sources'][number] {
  return {
    kind,
    name,
    state,
    trouble,
    beganAt: isoOf(progress?.beganAt ?? null),
    endedAt: isoOf(progress?.endedAt ?? null),
    part: state === 'reading' ? (progress?.part ?? null) : null,
    components: progress?.components ?? 0,
    packages: progress?.packages ?? 0,
    records: progress?.records ?? 0,
    problems: progress?.problems ?? 0,
  };
}
