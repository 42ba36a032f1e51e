import { seesCase } from '#desk/council/case-sight.ts';
import { dueOf, type Case } from '#desk/council/cases.ts';
import { openCaseFor, type AskedUse } from '#desk/council/open-case.ts';
import type { Desk } from '#desk/desk.ts';
import { artifactsOf } from '#desk/licences/artifacts.ts';
import type { Estate } from '#estate/estate.ts';
import { packageOfPurl } from '#language/purl.ts';
import type { Actor } from '#model/actor.ts';
import type { Artifact } from '#model/licence.ts';
import type { Visibility } from '#model/visibility.ts';
import { purlOfPackage } from '../ask-estate.ts';
import type { Context } from '../context.ts';
import { actKindOf, type LiveDesk } from '../live-desk.ts';
import { performAct } from '../perform-act.ts';
import type { PackageVerdict } from '../verdicts/verdicts-for.ts';

/** More are asked one by one: nobody answers a hundred questions of one change. */
const mostAtOnce = 20;

/** For what verdicts were asked: the component by slot, null for none, and how it is delivered where that was said. */
export type ReviewedFor = { readonly component: number | null; readonly artifacts: readonly Artifact[] | null };

/** A case that asks about a use, as whoever asked for a verdict is told of it. */
export type ReviewView = { readonly id: string; readonly name: string; readonly due: string; readonly state: 'open' | 'waiting' };

/** The open case about a judged package version; null when nobody asks, or the asker may not see who does. */
export function reviewOf(estate: Estate, desk: Desk, actor: Actor, judged: PackageVerdict, asked: ReviewedFor, now: number): ReviewView | null {
  if (desk.council.cases.size === 0 || (judged.verdict !== 'review' && judged.verdict !== 'denied')) return null;
  const of = openCaseFor(desk.council, useOf(estate, desk, judged, asked));
  return of === null || !seesCase(desk, actor, of) ? null : viewOf(of, now);
}

/**
 * Asks the council about what the policy sends to review, once for each package and licence, as the actor. What is being asked already is joined; what the actor may not
 * ask is left. Gives how many were asked.
 */
export async function requestReviews(
  context: Context,
  live: LiveDesk,
  estate: Estate,
  by: { readonly actor: Actor; readonly visibility: Visibility; readonly estateVisibility: Visibility },
  judged: readonly PackageVerdict[],
  asked: ReviewedFor,
  reason: string | null = null,
): Promise<number> {
  const kind = actKindOf('request-review');
  const wanted = new Map(judged.filter((each) => each.verdict === 'review').map((each) => [`${nameOf(each.purl)} ${each.licence ?? ''}`, each]));
  let count = 0;
  for (const each of [...wanted.values()].slice(0, mostAtOnce)) {
    const { team, ...facts } = useOf(estate, live.desk, each, asked);
    const form = { ...facts, version: packageOfPurl(each.purl)?.version ?? null };
    const body = kind?.body.safeParse({ id: context.randomId(), question: { kind: 'use', form }, team: facts.component === null ? team : null });
    if (kind === undefined || body?.success !== true) continue;
    const words = { title: `Use of ${nameOf(each.purl)}`, details: reason === null ? each.because : `${reason}\n\n${each.because}` };
    const done = await performAct(context, live, estate, { kind, body: body.data, words, ...by, expects: null });
    if (!('refusal' in done)) count += 1;
  }
  return count;
}

/** A judged package version as the council is asked about it: what is not the same for all that is delivered stays open. */
function useOf(estate: Estate, desk: Desk, { purl, licence }: PackageVerdict, { component, artifacts }: ReviewedFor): AskedUse {
  const holder = component === null ? undefined : estate.components[component];
  const delivered = artifacts ?? (holder === undefined ? [] : artifactsOf(desk.artifacts, holder.ref));
  return {
    package: nameOf(purl),
    licence,
    component: holder?.ref ?? null,
    team: holder?.team ?? null,
    delivery: onlyOne(delivered.flatMap((each) => each.deliveries)),
    linking: onlyOne(delivered.map((each) => each.linking)),
    modified: onlyOne(delivered.map((each) => each.modified)),
  };
}

function onlyOne<Value>(values: readonly (Value | null)[]): Value | null {
  const [first = null, ...rest] = values;
  return rest.every((each) => each === first) ? first : null;
}

function nameOf(purl: string): string {
  const parts = packageOfPurl(purl);
  return parts === null ? purl : purlOfPackage(parts.ecosystem ?? '', parts.name);
}

function viewOf(of: Case, now: number): ReviewView {
  return { id: of.id, name: of.name, due: new Date(dueOf(of, now)).toISOString(), state: of.waitingSince === null ? 'open' : 'waiting' };
}
