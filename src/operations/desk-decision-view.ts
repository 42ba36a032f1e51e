import { standingOf, type Decision, type Standing } from '#desk/decisions/decisions.ts';
import type { Desk } from '#desk/desk.ts';
import { nameOf } from '#desk/people/people.ts';
import type { Estate } from '#estate/estate.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { isAllowed, isSameHand, type Actor } from '#model/actor.ts';
import type { Visibility } from '#model/visibility.ts';
import { isoOf } from './finding-view.ts';

/** Somebody by pseudonym, with the name as far as it is known. */
export type NamedView = { readonly id: string; readonly name: string };

/** A decision about findings as clients see it. Times are ISO 8601. */
export type DeskDecisionView = Pick<Decision, 'id' | 'verdict' | 'justification' | 'responses' | 'coversFuture'> & {
  readonly by: NamedView;
  readonly at: string;
  readonly until: string | null;
  readonly owner: NamedView | null;
  readonly reason: string | null;
  readonly control: string | null;
  readonly about: {
    readonly rule: string | null;
    readonly component: string | null;
    readonly team: string | null;
    readonly package: string | null;
    readonly range: string | null;
    readonly advisory: string | null;
    /** Of single findings, those that the asker may see. */
    readonly components: readonly string[];
  };
  /** Null when it reached something that is not for the asker. */
  readonly findings: number | null;
  readonly teams: readonly (string | null)[];
  readonly severities: readonly string[];
  readonly advisories: readonly string[];
  /** `unconfirmed`: it came from a file and nobody here stands behind it. */
  readonly standing: Standing | 'unconfirmed';
  readonly approval: { readonly by: NamedView; readonly at: string } | null;
  readonly version: number;
  readonly may: { readonly approve: boolean; readonly approveNot: string | null; readonly withdraw: boolean };
};

/** Who looks, at what, when. */
export type Looking = {
  readonly desk: Desk;
  readonly estate: Estate;
  readonly actor: Actor;
  /** What they may see of findings. */
  readonly visibility: Visibility;
  readonly now: number;
};

/** A decision as the asker may see it; null when nothing that it reached is for them. */
export function deskDecisionView(looking: Looking, decision: Decision): DeskDecisionView | null {
  const { desk, actor, visibility, now } = looking;
  const { extent, predicate, approval, words } = decision;
  const teams = extent.teams.filter((team) => isVisible({ team }, visibility));
  if (teams.length === 0 && !(extent.teams.length === 0 && visibility.kind === 'all')) return null;
  const named = (id: string): NamedView => ({ id, name: nameOf(desk.people, id) });
  const isWhole = teams.length === extent.teams.length;
  const standing = shownStanding(decision, now);
  const approveNot = whyNotApprove(decision, actor, standing);
  const { id, verdict, justification, responses, coversFuture } = decision;
  return {
    ...{ id, verdict, justification, responses, coversFuture, standing, teams },
    by: named(decision.author),
    at: new Date(decision.at).toISOString(),
    until: isoOf(decision.until),
    owner: decision.owner === null ? null : named(decision.owner),
    reason: words?.reason ?? null,
    control: words?.control ?? null,
    about: {
      rule: predicate.rule ?? null,
      component: predicate.component ?? null,
      team: predicate.team ?? null,
      package: predicate.package ?? null,
      range: predicate.range ?? null,
      advisory: predicate.advisory ?? null,
      components: predicate.findings === undefined ? [] : seenComponents(looking, predicate.findings),
    },
    findings: isWhole ? extent.findings : null,
    severities: isWhole ? extent.severities : [],
    advisories: Object.keys(extent.basis),
    approval:
      approval.state === 'approved' || approval.state === 'refused' ? { by: named(approval.by), at: new Date(approval.at).toISOString() } : null,
    version: desk.versions.get(`decision:${id}`) ?? 0,
    may: {
      approve: approveNot === null,
      approveNot,
      withdraw: (standing === 'holds' || standing === 'waiting' || standing === 'expired') && isAllowed(actor, 'findings:decide', extent.teams),
    },
  };
}

function shownStanding(decision: Decision, now: number): DeskDecisionView['standing'] {
  const standing = standingOf(decision, now);
  return standing === 'waiting' && decision.unconfirmed === true ? 'unconfirmed' : standing;
}

/** Why the asker is not the second person whom a decision waits for, in words; null when they may be. The act itself judges again. */
function whyNotApprove({ author, owner, extent }: Decision, actor: Actor, standing: DeskDecisionView['standing']): string | null {
  if (standing !== 'waiting') return 'It does not wait for a second person.';
  if (!isAllowed(actor, 'findings:approve', extent.teams)) return 'You may not approve for its teams.';
  if (isSameHand(actor, author, owner)) return 'The second person is somebody else than who decided or bears the risk.';
  return actor.kind === 'person' || actor.kind === 'link' ? null : 'Only a person approves.';
}

// More than these are counted, not listed.
const componentsListed = 50;

function seenComponents({ estate, visibility }: Looking, findings: readonly { readonly component: string }[]): readonly string[] {
  const seen = new Set<string>();
  for (const { component } of findings) {
    const holder = estate.components[estate.componentByRef.get(component) ?? -1];
    if (holder !== undefined && isVisible(holder, visibility)) seen.add(component);
    if (seen.size === componentsListed) break;
  }
  return [...seen];
}
