import type { Desk } from '#desk/desk.ts';
import type { LicenceException } from '#desk/licences/exceptions.ts';
import type { Notice } from '#desk/notices/notice.ts';
import type { Estate } from '#estate/estate.ts';
import { counselOf } from '../verdicts/whom-to-ask.ts';

/** What counsel is to know: builds that were let pass without them, one notice for each act while it stands. */
export function* gateNotices(desk: Desk, { estate, now }: { readonly estate: Estate; readonly now: number }): Generator<Notice> {
  const passes = [...desk.licenceExceptions.values()].filter((each) => each.passesGate === true && each.until > now);
  const counsel = passes.length === 0 ? [] : counselOf(desk, now);
  for (const [seq, all] of Map.groupBy(passes, (each: LicenceException) => each.seq)) {
    const [first] = all;
    const component = estate.components[estate.componentByRef.get(first?.predicate.component ?? '') ?? -1];
    if (first === undefined || component === undefined) continue;
    const versions = all.map(({ predicate }) => `${predicate.package ?? ''} ${predicate.range ?? ''}`);
    yield {
      kind: 'gate-passed',
      key: `gate-passed ${String(seq)}`,
      to: counsel.length === 0 ? [{ kind: 'office' }] : counsel.map((id) => ({ kind: 'person', id })),
      teams: [component.team],
      about: component.name,
      line: `${component.name}: ${versions.join(', ')}, until ${new Date(first.until).toISOString().slice(0, 10)}`,
      page: '/exceptions?kind=break-glass',
      isOfCatalogue: true,
    };
  }
}
