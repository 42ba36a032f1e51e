import { fulfilmentOf } from '#desk/licences/fulfilments.ts';
import { givesSource } from '#model/ip-policy.ts';
import { nameOf } from '#desk/people/people.ts';
import { evidencesOf } from '#estate/questions/inventory.ts';
import { packageOfPurl } from '#language/purl.ts';
import { packageKey } from '#language/package-key.ts';
import type { Artifact } from '#model/licence.ts';
import type { Delivered, DeliveredArtifact, DeliveredDuty, DeliveredPackage } from '#reports/licences/delivered.ts';
import type { StoreReads } from '#store/store.ts';
import { registryFacts } from '../registry/registry-facts.ts';
import type { Registries } from '../registry/registries-configuration.ts';
import { usedBy, verdictsFor, type AskedPackage, type PackageVerdict, type VerdictsGiven } from '../verdicts/verdicts-for.ts';

/** Of what a report about licences is asked. */
export type DeliveredWanted = {
  /** Slot. */
  readonly component: number;
  /** Name of one artifact; null for all. */
  readonly artifact: string | null;
  /** Place of one SBOM, such as that of a release; null for all that shows what is in the component. */
  readonly sbom: string | null;
  readonly office: string;
};

/** What a component delivers with its licences and duties; a sentence where the artifact or SBOM that is named does not exist. */
export function deliveredLicences(given: VerdictsGiven, { component, artifact, sbom, office }: DeliveredWanted): Delivered | string {
  const { estate, judge } = given;
  const holder = estate.components[component];
  if (holder === undefined) return 'There is no such component.';
  const declared = judge.artifactsIn(judge.contextOf(component));
  const wanted = artifact === null ? declared : declared.filter(({ name }) => name === artifact);
  if (artifact !== null && wanted.length === 0) return `The component declares no artifact ${artifact}. ${listed(declared.map(({ name }) => name))}`;
  const evidences = evidencesOf(estate, component).map((slot) => estate.evidence[slot]);
  const sboms = evidences.flatMap((evidence) => (evidence?.kind === 'sbom' ? [evidence.path] : []));
  if (sbom !== null && !sboms.includes(sbom)) return `Nothing is read of an SBOM at ${sbom}. ${listed(sboms)}`;
  const used = usedBy(estate, component, sbom);
  const shipped = used.filter(({ isDevelopment }) => !isDevelopment);
  const all = wanted.length === 0 ? [null] : wanted;
  return {
    office,
    component: { ref: holder.ref, name: holder.name, team: holder.team },
    policy: judge.policyName,
    sbom,
    artifacts: all.map((each) => artifactOf(given, component, each, shipped)),
    developmentOnly: used.length - shipped.length,
  };
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'There is none.' : `There are ${names.join(', ')}.`;
}

function artifactOf(given: VerdictsGiven, component: number, artifact: Artifact | null, packages: readonly AskedPackage[]): DeliveredArtifact {
  const judged = verdictsFor(given, { packages, component, artifacts: artifact === null ? null : [artifact] });
  const name = artifact?.name ?? null;
  return {
    name,
    deliveries: artifact?.deliveries ?? [],
    packages: judged.packages.map((each) => packageOf(given, component, name, each)).sort((a, b) => (a.purl < b.purl ? -1 : 1)),
  };
}

function packageOf(given: VerdictsGiven, component: number, artifact: string | null, judged: PackageVerdict): DeliveredPackage {
  const named = packageOfPurl(judged.purl);
  const { policy } = given.judge.index;
  return {
    purl: judged.purl,
    name: named?.name ?? judged.purl,
    version: named?.version ?? null,
    licence: judged.licence,
    relyOn: judged.relyOn,
    said: judged.claims.map(({ source, said }) => `${source}: ${said.join(', ')}`),
    verdict: judged.verdict,
    because: judged.because,
    category: policy.categories.find(({ id }) => id === judged.category)?.title ?? null,
    duties: judged.obligations.map((duty) => dutyOf(given, component, artifact, judged.purl, duty)),
    copyright: [],
    notices: [],
    repository: null,
  };
}

/** How a duty stands: what the verdict says, unless somebody fulfilled it for this version as it is asked for now. */
export function dutyOf(
  { desk, estate, judge }: Pick<VerdictsGiven, 'desk' | 'estate' | 'judge'>,
  component: number,
  artifact: string | null,
  purl: string,
  asked: Omit<DeliveredDuty, 'by' | 'evidence' | 'givesSource'>,
): DeliveredDuty {
  const obligation = judge.index.obligation(asked.id);
  const duty = { ...asked, givesSource: obligation !== null && givesSource(obligation) };
  const ref = estate.components[component]?.ref ?? '';
  const done = obligation === null ? null : fulfilmentOf(desk.fulfilments, { component: ref, artifact, obligation: duty.id, purl }, obligation);
  if (done === null) return { ...duty, by: null, evidence: null };
  return { ...duty, state: 'fulfilled', by: nameOf(desk.people, done.by), evidence: done.evidence };
}

/** The same without the names of who fulfilled what. */
export function withoutNames(delivered: Delivered): Delivered {
  const nameless = (duty: DeliveredDuty): DeliveredDuty => ({ ...duty, by: duty.by === null ? null : 'name withheld' });
  const artifacts = delivered.artifacts.map((artifact) => ({
    ...artifact,
    packages: artifact.packages.map((each) => ({ ...each, duties: each.duties.map(nameless) })),
  }));
  return { ...delivered, artifacts };
}

/** The same with where the source of what is to be offered is, as registries say. Asks nobody. */
export async function withRepositories(reads: StoreReads, registries: Registries, delivered: Delivered): Promise<Delivered> {
  const known = new Map<string, string | null>();
  for (const { purl, duties } of delivered.artifacts.flatMap(({ packages }) => packages)) {
    const named = packageOfPurl(purl);
    if (named?.ecosystem == null || known.has(purl) || !duties.some((duty) => duty.givesSource)) continue;
    const { ecosystem, name } = named;
    const { record } = await registryFacts(reads, registries, { ecosystem, name, nameKey: packageKey(ecosystem, name) });
    known.set(purl, record?.repository ?? null);
  }
  return {
    ...delivered,
    artifacts: delivered.artifacts.map((artifact) => ({
      ...artifact,
      packages: artifact.packages.map((each) => ({ ...each, repository: known.get(each.purl) ?? null })),
    })),
  };
}
