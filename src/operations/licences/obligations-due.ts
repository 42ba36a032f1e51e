import type { DueObligation } from '#analysis/licences/verdict.ts';
import type { EffectiveLicence } from '#analysis/licences/effective-licence.ts';
import type { Desk } from '#desk/desk.ts';
import { fulfilmentOf } from '#desk/licences/fulfilments.ts';
import type { Estate } from '#estate/estate.ts';
import { evidencesOf } from '#estate/questions/inventory.ts';
import { visibleComponents } from '#estate/questions/visible.ts';
import { unpackOpenColumns } from '#language/packed/open-occurrences.ts';
import { purlOf } from '#language/purl.ts';
import type { Artifact } from '#model/licence.ts';
import { visibilityKey, type Visibility } from '#model/visibility.ts';
import { isDevelopmentOnly } from './estate-verdicts.ts';
import { licenceJudge, type LicenceJudge } from './licence-judge.ts';

/** One duty of one thing that is delivered, with how many package versions ask for it. */
export type ObligationRow = {
  /** Slot. */
  readonly component: number;
  /** Null: the component declares nothing. */
  readonly artifact: Artifact | null;
  /** Id in the policy. */
  readonly obligation: string;
  readonly due: number;
  /** Whether it holds hangs on what is not known. */
  readonly open: number;
  readonly fulfilled: number;
};

/** What licences ask for over everything that may be seen, and the judge that said it. */
export type ObligationsDue = { readonly judge: LicenceJudge; readonly rows: readonly ObligationRow[] };

const kept = new WeakMap<LicenceJudge, Map<string, ObligationsDue>>();
const keptAnswers = 8;

/** Every duty that comes with what components deliver, kept as long as its judge is. What is only used to build and test asks for nothing. */
export function obligationsDue(estate: Estate, desk: Desk, visibility: Visibility, now: number): ObligationsDue {
  const judge = licenceJudge(estate, desk, now);
  let answers = kept.get(judge);
  if (answers === undefined) kept.set(judge, (answers = new Map<string, ObligationsDue>()));
  const key = visibilityKey(visibility);
  const known = answers.get(key);
  if (known !== undefined) return known;
  const dutiesOf = dutiesOnce(judge);
  const rows = visibleComponents(estate, visibility).flatMap((slot) => rowsOf(estate, desk, judge, slot, dutiesOf));
  const answer = { judge, rows };
  answers.set(key, answer);
  const [oldest] = answers.keys();
  if (answers.size > keptAnswers && oldest !== undefined) answers.delete(oldest);
  return answer;
}

type Duties = readonly DueObligation[];

/** Duties of a licence in an artifact, judged once for all artifacts that deliver alike. */
function dutiesOnce(judge: LicenceJudge): (licence: EffectiveLicence, artifact: Artifact | null) => Duties {
  const found = new Map<string, Map<EffectiveLicence, Duties>>();
  const keys = new Map<Artifact | null, string>();
  return (licence, artifact) => {
    let key = keys.get(artifact);
    if (key === undefined) {
      key = artifact === null ? '' : JSON.stringify([artifact.deliveries, artifact.linking, artifact.modified, artifact.outbound]);
      keys.set(artifact, key);
    }
    let duties = found.get(key);
    if (duties === undefined) found.set(key, (duties = new Map<EffectiveLicence, Duties>()));
    let known = duties.get(licence);
    if (known === undefined)
      duties.set(licence, (known = judge.verdictFor(licence, { artifacts: artifact === null ? [] : [artifact], isDevelopment: false }).obligations));
    return known;
  };
}

function rowsOf(estate: Estate, desk: Desk, judge: LicenceJudge, slot: number, dutiesOf: ReturnType<typeof dutiesOnce>): readonly ObligationRow[] {
  const shipped = shippedIn(estate, slot);
  const declared = judge.artifactsIn(judge.contextOf(slot));
  const artifacts = declared.length === 0 ? [null] : declared;
  return artifacts.flatMap((artifact) => {
    const counts = new Map<string, { due: number; open: number; fulfilled: number }>();
    for (const version of shipped) {
      for (const { id, state } of dutiesOf(judge.licenceOf(version), artifact)) {
        let count = counts.get(id);
        if (count === undefined) counts.set(id, (count = { due: 0, open: 0, fulfilled: 0 }));
        count[isFulfilled(estate, desk, judge, slot, artifact, id, version) ? 'fulfilled' : state] += 1;
      }
    }
    return [...counts].map(([obligation, count]) => ({ component: slot, artifact, obligation, ...count }));
  });
}

function shippedIn(estate: Estate, slot: number): ReadonlySet<number> {
  const shipped = new Set<number>();
  for (const each of evidencesOf(estate, slot)) {
    const evidence = estate.evidence[each];
    if (evidence == null) continue;
    const { ids, flags, count } = unpackOpenColumns(evidence.open);
    for (let at = 0; at < count; at += 1) {
      const version = estate.slots.version[ids[at] ?? 0] ?? -1;
      if (version !== -1 && !isDevelopmentOnly(flags[at] ?? 0)) shipped.add(version);
    }
  }
  return shipped;
}

function isFulfilled(estate: Estate, desk: Desk, judge: LicenceJudge, slot: number, artifact: Artifact | null, id: string, version: number): boolean {
  const obligation = desk.fulfilments.size === 0 ? null : judge.index.obligation(id);
  const holder = estate.packages[estate.packageOf[version] ?? 0];
  const purl = obligation === null || holder === undefined ? null : purlOf(holder.ecosystem, holder.name, estate.versions[version]?.version ?? null);
  if (obligation === null || purl === null) return false;
  const component = estate.components[slot]?.ref ?? '';
  return fulfilmentOf(desk.fulfilments, { component, artifact: artifact?.name ?? null, obligation: id, purl }, obligation) !== null;
}
