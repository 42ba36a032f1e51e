import type { EffectiveLicence } from '#analysis/licences/effective-licence.ts';
import type { Desk } from '#desk/desk.ts';
import { fulfilmentOf } from '#desk/licences/fulfilments.ts';
import type { Estate } from '#estate/estate.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { purlOf } from '#language/purl.ts';
import type { Artifact } from '#model/licence.ts';
import { visibilityKey, type Visibility } from '#model/visibility.ts';
import { isDevelopmentOnly } from './estate-verdicts.ts';
import { licenceJudge, type LicenceJudge } from './licence-judge.ts';

/** How many package versions ask for something. */
export type ObligationCounts = {
  readonly due: number;
  /** Whether it holds hangs on what is not known. */
  readonly open: number;
  readonly fulfilled: number;
};

/** One duty of one thing that is delivered, with how many package versions ask for it. */
export type ObligationRow = ObligationCounts & {
  /** Slot. */
  readonly component: number;
  /** Null: the component declares nothing. */
  readonly artifact: Artifact | null;
  /** Id in the policy. */
  readonly obligation: string;
};

/** What licences ask for over everything that may be seen, the sums of it, and the judge that said it. */
export type ObligationsDue = {
  readonly judge: LicenceJudge;
  readonly rows: readonly ObligationRow[];
  readonly all: ObligationCounts;
  /** By id in the policy; what nothing asks for is absent. */
  readonly byObligation: ReadonlyMap<string, ObligationCounts>;
  /** Null: no owner. */
  readonly byTeam: ReadonlyMap<string | null, ObligationCounts>;
};

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
  const rows = rowsOf(estate, judge, counted(estate, desk, judge, visibility));
  const answer = { judge, rows, ...sumsOf(estate, rows) };
  answers.set(key, answer);
  const [oldest] = answers.keys();
  if (answers.size > keptAnswers && oldest !== undefined) answers.delete(oldest);
  return answer;
}

const states = ['due', 'open', 'fulfilled'] as const;

/** Counts by place: of each component its artifacts, of each artifact the duties of the policy, of each duty its states. */
type Counted = {
  /** Where the counts of a component begin; -1 for one that is not looked at. */ readonly starts: Int32Array;
  readonly counts: Uint32Array;
};

/** Goes over the uses of each version, since versions are far fewer than uses and have their licence in common. */
function counted(estate: Estate, desk: Desk, judge: LicenceJudge, visibility: Visibility): Counted {
  const width = judge.index.policy.obligations.length * states.length;
  const starts = new Int32Array(estate.components.length).fill(-1);
  let size = 0;
  estate.components.forEach((component, slot) => {
    if (component.evidence.size === 0 || !isVisible(component, visibility)) return;
    starts[slot] = size;
    size += Math.max(1, judge.artifactsIn(judge.contextOf(slot)).length) * width;
  });
  const counts = new Uint32Array(size);
  const contexts = Uint32Array.from(estate.components, (_, slot) => judge.contextOf(slot));
  const placesOf = placesOnce(judge);
  const fulfilled = desk.fulfilments.size === 0 ? null : fulfilledPlaces(estate, desk, judge);
  // A component may show a version in several files, and counts once.
  const last = new Int32Array(estate.components.length).fill(-1);
  const { postings, componentOf } = estate;
  const [evidence, flags] = [postings.evidence(), postings.flags()];
  for (let version = 0; version < estate.versions.length; version += 1) {
    const from = postings.startOf(version);
    const until = from + postings.lengthOf(version);
    if (until === from) continue;
    const licence = judge.licenceOf(version);
    const known = placesOf.knownOf(licence);
    for (let at = from; at < until; at += 1) {
      if (isDevelopment[flags[at] ?? 0] === 1) continue;
      const component = componentOf[evidence[at] ?? 0] ?? 0;
      const start = starts[component] ?? -1;
      if (start === -1 || last[component] === version) continue;
      last[component] = version;
      const context = contexts[component] ?? 0;
      const places = (known[context] ??= placesOf.judged(licence, context));
      for (let index = 0; index < places.length; index += 1) {
        const place = places[index] ?? 0;
        const isDone = fulfilled !== null && fulfilled(component, place, version);
        const there = isDone ? start + place - (place % states.length) + 2 : start + place;
        counts[there] = (counts[there] ?? 0) + 1;
      }
    }
  }
  return { starts, counts };
}

const isDevelopment = Uint8Array.from({ length: 256 }, (_, flags) => (isDevelopmentOnly(flags) ? 1 : 0));

/** Where the duties of a licence are counted, by context: judged once for all that is delivered alike. */
type Places = {
  /** What was judged of a licence so far. */
  knownOf(licence: EffectiveLicence): (Uint16Array | undefined)[];
  judged(licence: EffectiveLicence, context: number): Uint16Array;
};

function placesOnce(judge: LicenceJudge): Places {
  const { obligations } = judge.index.policy;
  const placeOfDuty = new Map(obligations.map(({ id }, at) => [id, at * states.length]));
  const width = obligations.length * states.length;
  const found = new Map<EffectiveLicence, (Uint16Array | undefined)[]>();
  return {
    knownOf(licence) {
      let known = found.get(licence);
      if (known === undefined) found.set(licence, (known = []));
      return known;
    },
    judged(licence, context) {
      const declared = judge.artifactsIn(context);
      const artifacts: readonly (Artifact | null)[] = declared.length === 0 ? [null] : declared;
      return Uint16Array.from(
        artifacts.flatMap((artifact, at) =>
          judge.verdictFor(licence, { artifacts: artifact === null ? [] : [artifact], isDevelopment: false }).obligations.flatMap(({ id, state }) => {
            const place = placeOfDuty.get(id);
            return place === undefined ? [] : [at * width + place + states.indexOf(state)];
          }),
        ),
      );
    },
  };
}

/** Whether the duty at a place of a component was fulfilled for a version. */
function fulfilledPlaces(estate: Estate, desk: Desk, judge: LicenceJudge): (component: number, place: number, version: number) => boolean {
  const { obligations } = judge.index.policy;
  const width = obligations.length * states.length;
  const spoken = new Set([...desk.fulfilments.keys()].map((key) => key.slice(0, key.indexOf('\0'))));
  return (slot, place, version) => {
    const component = estate.components[slot]?.ref ?? '';
    const obligation = obligations[Math.floor((place % width) / states.length)];
    if (obligation === undefined || !spoken.has(component)) return false;
    const holder = estate.packages[estate.packageOf[version] ?? 0];
    const purl = holder === undefined ? null : purlOf(holder.ecosystem, holder.name, estate.versions[version]?.version ?? null);
    if (purl === null) return false;
    const artifact = judge.artifactsIn(judge.contextOf(slot))[Math.floor(place / width)]?.name ?? null;
    return fulfilmentOf(desk.fulfilments, { component, artifact, obligation: obligation.id, purl }, obligation) !== null;
  };
}

function rowsOf(estate: Estate, judge: LicenceJudge, { starts, counts }: Counted): readonly ObligationRow[] {
  const { obligations } = judge.index.policy;
  const rows: ObligationRow[] = [];
  estate.components.forEach((_, component) => {
    let at = starts[component] ?? -1;
    if (at === -1) return;
    const declared = judge.artifactsIn(judge.contextOf(component));
    const artifacts: readonly (Artifact | null)[] = declared.length === 0 ? [null] : declared;
    for (const artifact of artifacts)
      for (const { id } of obligations) {
        const [due = 0, open = 0, fulfilled = 0] = [counts[at], counts[at + 1], counts[at + 2]];
        if (due + open + fulfilled > 0) rows.push({ component, artifact, obligation: id, due, open, fulfilled });
        at += states.length;
      }
  });
  return rows;
}

type Sums = { due: number; open: number; fulfilled: number };

function sumsOf(estate: Estate, rows: readonly ObligationRow[]): Pick<ObligationsDue, 'all' | 'byObligation' | 'byTeam'> {
  const all: Sums = { due: 0, open: 0, fulfilled: 0 };
  const [byObligation, byTeam] = [new Map<string, Sums>(), new Map<string | null, Sums>()];
  for (const row of rows) {
    const team = estate.components[row.component]?.team ?? null;
    for (const sums of [all, sumsIn(byObligation, row.obligation), sumsIn(byTeam, team)]) for (const state of states) sums[state] += row[state];
  }
  return { all, byObligation, byTeam };
}

function sumsIn<Key>(map: Map<Key, Sums>, key: Key): Sums {
  let sums = map.get(key);
  if (sums === undefined) map.set(key, (sums = { due: 0, open: 0, fulfilled: 0 }));
  return sums;
}
