import type { Desk } from '#desk/desk.ts';
import type { Notice } from '#desk/notices/notice.ts';
import { counselOf } from '../verdicts/whom-to-ask.ts';

const soonMs = 14 * 86_400_000;

/** What counsel is to know of approvals that were taken over and wait: once when they come, and once more before they are forgotten; who took them over does not confirm them. */
export function* approvalNotices(desk: Desk, now: number): Generator<Notice> {
  const waiting = [...desk.approvals.values()].filter((each) => each.answer === null && each.until > now);
  const counsel = waiting.length === 0 ? [] : counselOf(desk, now);
  for (const [batch, all] of Map.groupBy(waiting, ({ origin }) => origin.batch)) {
    const [first] = all;
    if (first === undefined) continue;
    const ends = all.reduce((least, { until }) => Math.min(least, until), first.until);
    const others = counsel.filter((id) => id !== first.importedBy);
    const named: Omit<Notice, 'key'> = {
      kind: 'approvals-waiting',
      to: others.length === 0 ? [{ kind: 'office' }] : others.map((id) => ({ kind: 'person', id })),
      // Of everybody's, since nothing of what it is about is told.
      teams: [],
      about: first.origin.file ?? first.origin.source,
      line: `${String(all.length)} of ${first.origin.source} count in no verdict until somebody confirms them; the first is forgotten on ${new Date(ends).toISOString().slice(0, 10)}`,
      page: `/approvals?state=unconfirmed&source=${encodeURIComponent(first.origin.source)}`,
      isOfCatalogue: true,
    };
    yield { ...named, key: `approvals-waiting ${batch}` };
    if (ends - now <= soonMs) yield { ...named, key: `approvals-waiting ${batch} soon` };
  }
}
