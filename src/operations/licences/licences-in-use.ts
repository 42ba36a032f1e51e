import type { Desk } from '#desk/desk.ts';
import type { Estate } from '#estate/estate.ts';
import { isVisible, visibleComponents } from '#estate/questions/visible.ts';
import { visibilityKey, type Visibility } from '#model/visibility.ts';
import { estateVerdicts, type EstateVerdicts } from './estate-verdicts.ts';
import { licenceJudge, type LicenceJudge } from './licence-judge.ts';

/** How much is known of licences in use: package versions, and components of which somebody said how they are delivered. */
export type LicenceCoverage = {
  readonly versions: number;
  readonly known: number;
  readonly concluded: number;
  readonly disputed: number;
  /** A licence text that was found says another licence than what is declared. */
  readonly foundOtherwise: number;
  /** Something was said, but it is no licence expression. */
  readonly unread: number;
  /** Nobody says anything. */
  readonly silent: number;
  readonly components: number;
  readonly declared: number;
};

/** Everything in use with its licence and verdict, and how much of it is known. */
export type LicencesInUse = EstateVerdicts & {
  readonly judge: LicenceJudge;
  readonly coverage: LicenceCoverage;
  /** Components that use each version slot: counted for all of them once somebody asks. */
  users(): Uint32Array;
};

const kept = new WeakMap<LicenceJudge, Map<string, LicencesInUse>>();
const keptAnswers = 16;

/** The licences of all that may be seen, kept as long as their judge is. */
export function licencesInUse(estate: Estate, desk: Desk, visibility: Visibility, now: number): LicencesInUse {
  const judge = licenceJudge(estate, desk, now);
  let answers = kept.get(judge);
  if (answers === undefined) kept.set(judge, (answers = new Map<string, LicencesInUse>()));
  const key = visibilityKey(visibility);
  const known = answers.get(key);
  if (known !== undefined) return known;
  const verdicts = estateVerdicts(estate, visibility, judge);
  let counted: Uint32Array | null = null;
  const users = (): Uint32Array => (counted ??= usersOf(estate, visibility));
  const answer = { ...verdicts, judge, users, coverage: coverageOf(estate, visibility, judge, verdicts.worst) };
  answers.set(key, answer);
  const [oldest] = answers.keys();
  if (answers.size > keptAnswers && oldest !== undefined) answers.delete(oldest);
  return answer;
}

function usersOf(estate: Estate, visibility: Visibility): Uint32Array {
  const users = new Uint32Array(estate.versions.length);
  const isSeen = Uint8Array.from(estate.components, (component) => (isVisible(component, visibility) ? 1 : 0));
  const last = new Int32Array(estate.components.length).fill(-1);
  const { postings, componentOf } = estate;
  const evidence = postings.evidence();
  for (let version = 0; version < users.length; version += 1) {
    const from = postings.startOf(version);
    for (let at = from; at < from + postings.lengthOf(version); at += 1) {
      const component = componentOf[evidence[at] ?? 0] ?? 0;
      if (isSeen[component] === 0 || last[component] === version) continue;
      last[component] = version;
      users[version] = (users[version] ?? 0) + 1;
    }
  }
  return users;
}

function coverageOf(estate: Estate, visibility: Visibility, judge: LicenceJudge, worst: Uint8Array): LicenceCoverage {
  const counts = { versions: 0, known: 0, concluded: 0, disputed: 0, foundOtherwise: 0, unread: 0, silent: 0 };
  for (let version = 0; version < worst.length; version += 1) {
    if (worst[version] === 0) continue;
    const { expression, from, isDisputed, isFoundOtherwise } = judge.licenceOf(version);
    counts.versions += 1;
    if (expression !== null) counts.known += 1;
    else if (from === null) counts.silent += 1;
    else counts.unread += 1;
    if (from === 'concluded') counts.concluded += 1;
    if (isDisputed) counts.disputed += 1;
    if (isFoundOtherwise) counts.foundOtherwise += 1;
  }
  const components = visibleComponents(estate, visibility);
  return { ...counts, components: components.length, declared: components.filter((slot) => judge.contextOf(slot) !== 0).length };
}
