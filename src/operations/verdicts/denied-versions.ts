import type { EffectiveLicence } from '#analysis/licences/effective-licence.ts';
import { countsBefore, type UsePredicate } from '#desk/licences/exceptions.ts';
import { isRefusedEverywhere } from '#desk/licences/refusals.ts';
import { packageSlotKey } from '#estate/estate.ts';
import { registryLicencesOf } from '#estate/questions/licence-claims.ts';
import { versionsOf, whoUses } from '#estate/questions/who-uses.ts';
import { readRange } from '#language/in-range.ts';
import { schemeOf } from '#language/scheme-of.ts';
import type { Delivery } from '#model/licence.ts';
import type { DeniedVersion } from '#reports/verdict-lists/repository-paths.ts';
import { purlOfPackage } from '../ask-estate.ts';
import type { VerdictsGiven } from './verdicts-for.ts';

/**
 * Package versions that no build may use, in use here or asked about: those that the policy denies however they are used, shipped or only for development; with a
 * `delivery`, in whatever is delivered so, as if nothing were for development only; and those that the council refused to everybody. What an exception permits somebody is left out, since a repository is everybody's. What only others use, and what was asked
 * about, is not told to who does not see everything. In order of ecosystem, name and version.
 */
export function deniedVersions(given: VerdictsGiven, delivery: Delivery | null): readonly DeniedVersion[] {
  const { estate, visibility, judge } = given;
  const isDenied = denials(given, delivery);
  const isSeen = (slot: number): boolean =>
    visibility.kind === 'all' ? estate.postings.lengthOf(slot) > 0 : whoUses(estate, visibility, [slot]).components > 0;
  const found: DeniedVersion[] = [];
  estate.versions.forEach(({ version }, slot) => {
    const holder = estate.packages[estate.packageOf[slot] ?? -1];
    if (version === '' || holder === undefined || holder.ecosystem === '') return;
    const licence = judge.licenceOf(slot);
    const each = { ecosystem: holder.ecosystem, name: holder.name, version };
    if (isOut(given, each, licence, isDenied, delivery) && isSeen(slot)) found.push(each);
  });
  if (visibility.kind === 'all') found.push(...askedOnes(given, isDenied, delivery));
  return found.sort((a, b) => compare(a.ecosystem, b.ecosystem) || compare(a.name, b.name) || compare(a.version, b.version));
}

/** Packages that nobody uses and somebody asked about. */
function* askedOnes(given: VerdictsGiven, isDenied: IsDenied, delivery: Delivery | null): Generator<DeniedVersion> {
  const { estate, judge } = given;
  for (const key of estate.registry.keys()) {
    const slot = estate.packageByKey.get(key) ?? -1;
    if (versionsOf(estate, slot).some((each) => estate.postings.lengthOf(each) > 0)) continue;
    const [ecosystem = '', name = ''] = key.split(packageSlotKey('', ''));
    for (const [version, said] of registryLicencesOf(estate, key)) {
      const licence = judge.licenceFrom([{ source: 'registry', said }], ecosystem, name, version);
      const each = { ecosystem, name, version };
      if (isOut(given, each, licence, isDenied, delivery)) yield each;
    }
  }
}

type IsDenied = (licence: EffectiveLicence) => boolean;

/** Denied by the policy and permitted to nobody, or refused by the council to everybody. */
function isOut(given: VerdictsGiven, each: DeniedVersion, licence: EffectiveLicence, isDenied: IsDenied, delivery: Delivery | null): boolean {
  const { desk, now, judge } = given;
  const isMeant = meaningOf(each, licence);
  const permits = [...desk.licenceExceptions.values()].filter((one) => one.until > now && isMeant(one.predicate));
  if (isDenied(licence) && permits.length === 0) return true;
  if (!judge.hasRefusals) return false;
  const refusals = [...desk.licenceRefusals.values()].filter((one) => isRefusedEverywhere(one, delivery, now) && isMeant(one.predicate));
  return refusals.some((refusal) => !permits.some((permit) => permit.council !== null && countsBefore(permit, refusal)));
}

function denials({ judge }: VerdictsGiven, delivery: Delivery | null): IsDenied {
  const artifacts = delivery === null ? [] : [{ name: delivery, deliveries: [delivery], linking: null, modified: null, outbound: null }];
  const kinds = delivery === null ? [false, true] : [false];
  const known = new Map<EffectiveLicence, boolean>();
  return (licence) => {
    let denied = known.get(licence);
    if (denied === undefined) {
      denied = kinds.every((isDevelopment) => judge.verdictFor(licence, { artifacts, isDevelopment }).verdict === 'denied');
      known.set(licence, denied);
    }
    return denied;
  };
}

/** Whether a decision is about a package version under a licence, whoever may use it. */
function meaningOf({ ecosystem, name, version }: DeniedVersion, licence: EffectiveLicence): (predicate: UsePredicate) => boolean {
  const scheme = schemeOf(ecosystem);
  const isIn = (range: string): boolean => {
    const read = scheme === null ? null : readRange(scheme, range);
    return read?.ok === true && read.range.contains(version);
  };
  return (predicate) =>
    (predicate.package === undefined || predicate.package === purlOfPackage(ecosystem, name)) &&
    (predicate.licence === undefined || predicate.licence === licence.text) &&
    (predicate.range === undefined || isIn(predicate.range));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
