/** By what an SBOM is judged: two public lists of what it must say, and our own of what an office needs of it. */
export const qualityProfiles = ['ntia', 'bsi', 'completeness'] as const;
export type QualityProfile = (typeof qualityProfiles)[number];

/** What each profile is called and where it is written. */
export const profileWords: Readonly<Record<QualityProfile, { readonly title: string; readonly source: string }>> = {
  ntia: {
    title: 'NTIA minimum elements',
    source: 'https://www.ntia.gov/sites/default/files/publications/sbom_minimum_elements_report_0.pdf',
  },
  bsi: {
    title: 'BSI TR-03183-2 2.1.0',
    source: 'https://www.bsi.bund.de/SharedDocs/Downloads/EN/BSI/Publications/TechGuidelines/TR03183/BSI-TR-03183-2.pdf',
  },
  completeness: { title: 'Completeness', source: 'what matching, licences and difference need' },
};

/** How a score is made, in one sentence. */
export const qualityFormula =
  'Score = 100 × the sum of weight × met ÷ total, divided by the sum of the weights, rounded down; elements that are not looked at have no part in it.';

/** One element of a profile and how far an SBOM meets it. */
export type QualityElementCount = {
  /** Stable: `ntia-supplier`. */
  readonly id: string;
  readonly profile: QualityProfile;
  readonly title: string;
  /** Section of the profile. */
  readonly section: string;
  readonly weight: number;
  /** Of components that the element is about, or of one document. Both 0 where it is not looked at. */
  readonly met: number;
  readonly total: number;
  /** Why it is not looked at; null when it is. */
  readonly unseen: string | null;
  /** What to do about what is missing. */
  readonly fix: string;
};

/** What an SBOM got by each profile and by all of them, 0 to 100. */
export type QualityScores = { readonly all: number } & Readonly<Record<QualityProfile, number>>;
