import type { Delivery, PolicyVerdict } from '#model/licence.ts';

/** A duty that comes with a package version in what is delivered. `open`: whether it holds hangs on what is not known. */
export type DeliveredDuty = {
  readonly id: string;
  readonly title: string;
  readonly asks: string;
  readonly state: 'due' | 'open' | 'fulfilled';
  /** Whether it is met by giving source out. */
  readonly givesSource: boolean;
  /** Who fulfilled it; null while nobody did. */
  readonly by: string | null;
  /** Where that can be seen; null where there is none, or its words were erased. */
  readonly evidence: string | null;
};

/** One package version that is delivered. */
export type DeliveredPackage = {
  readonly purl: string;
  readonly name: string;
  readonly version: string | null;
  /** In normal form; null when unknown. */
  readonly licence: string | null;
  /** Licences relied on, after the choice in an OR. */
  readonly relyOn: readonly string[];
  /** What is said of it, word for word, by source: `lockfile: MIT`. */
  readonly said: readonly string[];
  readonly verdict: PolicyVerdict;
  readonly because: string;
  /** Title of its category; null when the policy names none. */
  readonly category: string | null;
  readonly duties: readonly DeliveredDuty[];
  /** Lines of copyright and texts of NOTICE files out of its licence files; empty: none was read. */
  readonly copyright: readonly string[];
  readonly notices: readonly string[];
  /** Where its source is, as its registry says; null when nobody says. */
  readonly repository: string | null;
};

/** One thing that is delivered, with all that is shipped in it. */
export type DeliveredArtifact = {
  /** Null: nobody declared what the component delivers. */
  readonly name: string | null;
  /** Every way in which it is delivered; empty: nobody said. */
  readonly deliveries: readonly Delivery[];
  /** By purl. */
  readonly packages: readonly DeliveredPackage[];
};

/** What a component delivers, as reports about licences need it. */
export type Delivered = {
  readonly office: string;
  readonly component: { readonly ref: string; readonly name: string; readonly team: string | null };
  /** `ip-policy@2`. */
  readonly policy: string;
  /** Place of the SBOM that was looked at alone; null: all that shows what is in the component. */
  readonly sbom: string | null;
  readonly artifacts: readonly DeliveredArtifact[];
  /** Package versions that are only used to build and test, and are left out. */
  readonly developmentOnly: number;
};

/** Text of a licence or of an exception as SPDX publishes it, by its id; null when there is none. */
export type LicenceText = { readonly name: string; readonly text: string };
export type LicenceTexts = (id: string) => LicenceText | null;

/** What a report is of, in a line of its own. */
export function subjectOf({ component, sbom, artifacts, policy }: Delivered): string {
  const [only] = artifacts;
  const named = artifacts.length === 1 && only?.name != null ? [`artifact ${only.name}`] : [];
  return [`Component ${component.name} (${component.ref})`, ...named, ...(sbom === null ? [] : [`SBOM ${sbom}`]), `policy ${policy}`].join(', ');
}

/** Ways of delivery for people. */
export function deliveryOf({ deliveries }: DeliveredArtifact): string {
  return deliveries.length === 0 ? 'not said' : deliveries.join(', ');
}

/** Each package version once, whichever artifact it is in. */
export function allPackages({ artifacts }: Delivered): readonly DeliveredPackage[] {
  const found = new Map(artifacts.flatMap(({ packages }) => packages.map((each) => [each.purl, each] as const)));
  return [...found.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
}
