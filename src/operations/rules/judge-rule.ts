import type { CommonSettings, ComponentRule, FileRule, Judged, ObservedRule, RuleFinding, UseRule, VersionRule } from '#analysis/rule.ts';
import { noPackage, type Estate } from '#estate/estate.ts';
import { evidencesOf } from '#estate/questions/inventory.ts';
import { versionsOf } from '#estate/questions/who-uses.ts';
import { directOf } from '#language/packed/flags.ts';
import type { Visibility } from '#model/visibility.ts';
import { isDevelopmentOnly } from '../licences/estate-verdicts.ts';
import { refusalWords, type Ruling } from '#desk/licences/refusals.ts';
import type { LicenceJudge } from '../licences/licence-judge.ts';
import { ruled } from '../licences/ruled-verdict.ts';
import { earlierLicences } from './earlier-licences.ts';
import { unknownLicencesOf } from './unknown-licences.ts';
import { judgedComponents } from './judged-components.ts';
import { endOfLifeOf } from './end-of-life-of.ts';
import { fileFactsOf } from './file-facts.ts';
import { laterVersions } from './later-versions.ts';
import { releasesOf } from '../registry/releases-of.ts';

/** What a rule found at one place: slots of component and package (or `noPackage`), and the UTC day since when it is so. */
export type JudgedRow = Omit<RuleFinding, 'since'> & { readonly component: number; readonly package: number; readonly since: number };

/** What a rule says of an estate. What it cannot say is in neither `known` nor fine. */
export type RuleJudgement = {
  readonly rows: readonly JudgedRow[];
  /** What was judged: uses of package versions, components or files. */
  readonly unit: 'uses' | 'components' | 'files';
  readonly known: number;
  readonly total: number;
  /** How often which reason for not knowing was met. */
  readonly unknown: ReadonlyMap<string, number>;
  /** Versions of which nothing could be said, by slot. */
  readonly unknownVersions: ReadonlySet<number>;
  /** What was said of each version slot that something was found of: also for uses that are over. */
  readonly found: ReadonlyMap<number, readonly RuleFinding[]>;
};

type Asked<Of extends ObservedRule> = {
  readonly estate: Estate;
  readonly visibility: Visibility;
  readonly rule: Of;
  readonly settings: CommonSettings;
  /** UTC day. */
  readonly today: number;
  /** What judges licences. */
  readonly licences: LicenceJudge;
};

/** Judges everything that may be seen of an estate by one rule. */
export function judgeRule(asked: Asked<ObservedRule>): RuleJudgement {
  const { rule } = asked;
  switch (rule.of) {
    case 'version':
      return judgeVersions({ ...asked, rule });
    case 'use':
      return judgeUses({ ...asked, rule });
    case 'component':
      return judgeComponents({ ...asked, rule });
    case 'file':
      return judgeFiles({ ...asked, rule });
    default:
      return rule satisfies never;
  }
}

type Tally = { known: number; total: number; readonly unknown: Map<string, number>; readonly rows: JudgedRow[] };

function count(tally: Tally, judged: Judged, times: number): void {
  tally.total += times;
  if (judged.kind === 'unknown') tally.unknown.set(judged.because, (tally.unknown.get(judged.because) ?? 0) + times);
  else tally.known += times;
}

function judgeVersions({ estate, visibility, rule, settings, today }: Asked<VersionRule>): RuleJudgement {
  const tally: Tally = { known: 0, total: 0, unknown: new Map(), rows: [] };
  const seen = new Uint8Array(estate.components.length);
  for (const slot of judgedComponents(estate, visibility)) seen[slot] = 1;
  const [found, unknownVersions] = [new Map<number, readonly RuleFinding[]>(), new Set<number>()];
  const ends = endOfLifeOf(estate);
  for (let packageSlot = 0; packageSlot < estate.packages.length; packageSlot += 1) {
    const used = estate.packages[packageSlot];
    if (used === undefined || used.ecosystem === '') continue;
    const rowsHere = new Map<number, number>();
    const later = laterVersions(estate, packageSlot);
    const releases = releasesOf(estate, packageSlot);
    for (const version of versionsOf(estate, packageSlot)) {
      const text = estate.versions[version]?.version ?? '';
      const facts = {
        ecosystem: used.ecosystem,
        name: used.name,
        version: text,
        // Few rules look at it.
        get later() {
          return later(text);
        },
        get releases() {
          return releases(text);
        },
        endOfLife: ends,
      };
      const judged: Judged = text === '' ? { kind: 'unknown', because: 'Only a range is known of it.' } : rule.judge(facts, settings, today);
      if (judged.kind === 'unknown') unknownVersions.add(version);
      if (judged.kind !== 'found') {
        count(tally, judged, useCount(estate, version, seen, rule.directOnly));
        continue;
      }
      found.set(version, judged.findings);
      const uses = usesOf(estate, version, seen, rule.directOnly);
      count(tally, judged, uses.length);
      for (const at of uses) addUse(estate, tally.rows, rowsHere, packageSlot, at, judged.findings);
    }
  }
  return { ...tally, unit: 'uses', unknownVersions, found };
}

/** Judges each version once in every context, and then goes through its uses. */
function judgeUses({ estate, visibility, rule, settings, today, licences }: Asked<UseRule>): RuleJudgement {
  const tally: Tally = { known: 0, total: 0, unknown: new Map(), rows: [] };
  const seen = new Uint8Array(estate.components.length);
  for (const slot of judgedComponents(estate, visibility)) seen[slot] = 1;
  const [found, unknownVersions] = [new Map<number, readonly RuleFinding[]>(), new Set<number>()];
  const flags = estate.postings.flags();
  for (let packageSlot = 0; packageSlot < estate.packages.length; packageSlot += 1) {
    const used = estate.packages[packageSlot];
    if (used === undefined || used.ecosystem === '') continue;
    const rowsHere = new Map<number, number>();
    const earlier = earlierLicences(estate, packageSlot, licences);
    for (const version of versionsOf(estate, packageSlot)) {
      const text = estate.versions[version]?.version ?? '';
      const licence = licences.licenceOf(version);
      const named = { ecosystem: used.ecosystem, name: used.name, version: text, licence: licence.text };
      const judgements: (Judged | undefined)[] = [];
      for (const at of usesOf(estate, version, seen, false)) {
        const component = estate.componentOf[estate.postings.evidence()[at] ?? 0] ?? 0;
        const isDevelopment = isDevelopmentOnly(flags[at] ?? 0);
        const context = licences.contextOf(component);
        const isRuled = licences.hasExceptions || licences.isRefusable(packageSlot);
        const ruling = isRuled ? licences.rulingFor({ ...named, component, artifact: null, isDevelopment }) : null;
        // A use that an exception permits is fine, whatever is said of others like it.
        if (ruling?.kind === 'permits') {
          count(tally, { kind: 'fine' }, 1);
          continue;
        }
        const judgedUnder = (decided: Ruling | null): Judged =>
          text === ''
            ? { kind: 'unknown', because: 'Only a range is known of it.' }
            : rule.judge(
                {
                  ...named,
                  verdict: ruled(licences.verdictIn(licence, context, isDevelopment), decided),
                  refusal: decided?.kind === 'denies' ? refusalWords(decided.refusal) : null,
                  policy: licences.policyName,
                  unread: licence.unread[0]?.text ?? null,
                  changes: licences.index.policy.changes ?? null,
                  get earlier() {
                    return earlier(text);
                  },
                },
                settings,
                today,
              );
        // A refusal is about some uses; what the policy says is the same in every such context.
        const judged = ruling === null ? (judgements[context * 2 + (isDevelopment ? 1 : 0)] ??= judgedUnder(null)) : judgedUnder(ruling);
        count(tally, judged, 1);
        if (judged.kind === 'unknown') unknownVersions.add(version);
        if (judged.kind !== 'found') continue;
        found.set(version, judged.findings);
        addUse(estate, tally.rows, rowsHere, packageSlot, at, judged.findings);
      }
    }
  }
  return { ...tally, unit: 'uses', unknownVersions, found };
}

/** How many uses there are, without listing them. */
function useCount(estate: Estate, version: number, seen: Uint8Array, directOnly: boolean): number {
  const { postings, componentOf } = estate;
  const [evidence, flags] = [postings.evidence(), postings.flags()];
  const from = postings.startOf(version);
  const until = from + postings.lengthOf(version);
  let uses = 0;
  for (let at = from; at < until; at += 1) {
    if (seen[componentOf[evidence[at] ?? 0] ?? 0] === 1 && (!directOnly || directOf(flags[at] ?? 0) === true)) uses += 1;
  }
  return uses;
}

/** Places in the postings where a version is used by who may be seen, and named by the component itself where only that counts. */
function usesOf(estate: Estate, version: number, seen: Uint8Array, directOnly: boolean): readonly number[] {
  const { postings } = estate;
  const [evidence, flags] = [postings.evidence(), postings.flags()];
  const from = postings.startOf(version);
  const places: number[] = [];
  for (let at = from; at < from + postings.lengthOf(version); at += 1) {
    if (seen[estate.componentOf[evidence[at] ?? 0] ?? 0] !== 1) continue;
    if (!directOnly || directOf(flags[at] ?? 0) === true) places.push(at);
  }
  return places;
}

/** One row for a component, package and subject, whatever the number of files and versions. */
function addUse(
  estate: Estate,
  rows: JudgedRow[],
  here: Map<number, number>,
  packageSlot: number,
  posting: number,
  findings: readonly RuleFinding[],
): void {
  const component = estate.componentOf[estate.postings.evidence()[posting] ?? 0] ?? 0;
  const usedSince = estate.postings.validFrom()[posting] ?? 0;
  for (const { subject, reason, since } of findings) {
    const row: JudgedRow = { component, package: packageSlot, subject, reason, since: Math.max(usedSince, since ?? 0) };
    const key = placeNumber(component, subject);
    const at = here.get(key);
    const before = at === undefined ? undefined : rows[at];
    if (at === undefined || before === undefined) {
      here.set(key, rows.length);
      rows.push(row);
    } else if (row.since < before.since) rows[at] = row;
  }
}

const subjects = new Map<string, number>();
const mostComponents = 2 ** 24;

/** One number for a component and a subject: what joins a million rows makes no text for each. Numbers of subjects are this process's own. */
export function placeNumber(component: number, subject: string): number {
  let number = subjects.get(subject);
  if (number === undefined) subjects.set(subject, (number = subjects.size));
  return number * mostComponents + component;
}

const dayMs = 86_400_000;

function judgeComponents({ estate, visibility, rule, settings, today, licences }: Asked<ComponentRule>): RuleJudgement {
  const tally: Tally = { known: 0, total: 0, unknown: new Map(), rows: [] };
  for (const slot of judgedComponents(estate, visibility)) {
    const holder = estate.components[slot];
    if (holder === undefined) continue;
    const shownAt = evidencesOf(estate, slot).map((each) => estate.evidence[each]?.seen_at ?? 0);
    const confirmed = Math.max(holder.confirmed_at ?? 0, ...shownAt);
    const facts = {
      owner: holder.team,
      firstSeen: Math.floor(holder.known_at / dayMs),
      confirmed: confirmed === 0 ? null : Math.floor(confirmed / dayMs),
      // Few rules look at it.
      get unknownLicences() {
        return unknownLicencesOf(estate, slot, licences);
      },
      conditions: licences.conditionsOf(slot),
    };
    const judged = rule.judge(facts, settings, today);
    count(tally, judged, 1);
    if (judged.kind !== 'found') continue;
    for (const each of judged.findings) tally.rows.push({ ...each, component: slot, package: noPackage, since: each.since ?? facts.firstSeen });
  }
  return { ...tally, unit: 'components', unknownVersions: new Set(), found: new Map() };
}

function judgeFiles({ estate, visibility, rule, settings, today }: Asked<FileRule>): RuleJudgement {
  const tally: Tally = { known: 0, total: 0, unknown: new Map(), rows: [] };
  for (const { component, since, facts } of fileFactsOf(estate, visibility)) {
    const judged = rule.judge(facts, settings, today);
    count(tally, judged, 1);
    if (judged.kind !== 'found') continue;
    for (const each of judged.findings) tally.rows.push({ ...each, component, package: noPackage, since: each.since ?? since });
  }
  return { ...tally, unit: 'files', unknownVersions: new Set(), found: new Map() };
}
