import { z } from 'zod';
import { conflictKinds, conflictWeights } from '#model/source-conflict.ts';
import { qualityProfiles } from '#model/sbom-quality.ts';
import { ListQuery, listOf, sortBy } from './list.ts';
import { Problem } from './problem.ts';

const count = z.number().int().nonnegative();
const score = z.number().int().min(0).max(100);

/** Scores by each profile and over all elements, 0 to 100. */
export const Scores = z.object({ all: score, ntia: score, bsi: score, completeness: score });

/** Whether an SBOM is proved; `none`: nobody signed it. */
export const Signature = z.object({ state: z.enum(['verified', 'not-verified', 'fails', 'none']), key: z.string().nullable(), because: z.string() });

/** How an SBOM in use stands. */
export const SbomQuality = z.object({
  component: z.object({ ref: z.string(), name: z.string() }),
  team: z.string().nullable(),
  path: z.string(),
  /** Receipt that showed it. */
  receipt: z.string(),
  validAt: z.iso.datetime(),
  /** `CycloneDX 1.6`; null when it could not be read. */
  form: z.string().nullable(),
  createdAt: z.string().nullable(),
  components: count,
  /** Null when it could not be read: nothing is known of it. */
  scores: Scores.nullable(),
  signature: Signature,
});
export type SbomQuality = z.infer<typeof SbomQuality>;

/** The mean score at the end of a week. */
export const ScorePoint = z.object({ at: z.iso.datetime(), mean: z.number(), sboms: count });

/** SBOMs in use, the worst first; what could not be read goes before every score. */
export const SbomQualityList = listOf(SbomQuality).extend({
  formula: z.string(),
  /** SBOMs in use that were not judged yet. */
  waiting: count,
  signatures: z.object({ verified: count, 'not-verified': count, fails: count, none: count }),
  teams: z.array(z.object({ team: z.string().nullable(), sboms: count, unread: count, least: score.nullable(), mean: z.number().nullable() })),
  /** Of those that the filters let through, for the last weeks. */
  trend: z.array(ScorePoint),
});
export type SbomQualityList = z.infer<typeof SbomQualityList>;

/** Narrows the list of SBOMs. */
export const SbomQualityQuery = ListQuery.extend({
  team: z.string().optional(),
  owner: z.enum(['none', 'some']).optional(),
  signature: z.enum(['verified', 'not-verified', 'fails', 'none']).optional(),
  sort: sortBy(['score', 'ntia', 'bsi', 'completeness', 'component', 'team', 'validAt'], 'score'),
});
export type SbomQualityQuery = z.infer<typeof SbomQualityQuery>;

const Element = z.object({
  id: z.string(),
  profile: z.enum(qualityProfiles),
  title: z.string(),
  section: z.string(),
  weight: z.number(),
  met: count,
  total: count,
  /** Why it is not looked at; null when it is. */
  unseen: z.string().nullable(),
  fix: z.string(),
  /** The first of those that do not meet it. */
  misses: z.array(z.object({ ref: z.string(), name: z.string(), version: z.string().nullable() })),
});

const Attestation = z.object({
  /** Of the SBOM's own bytes, or of what the SBOM describes. */
  about: z.enum(['sbom', 'artifact']),
  predicateType: z.string(),
  kind: z.enum(['provenance', 'sbom', 'other']),
  builder: z.string().nullable(),
  buildType: z.string().nullable(),
  source: z.string().nullable(),
  commit: z.string().nullable(),
  finishedAt: z.string().nullable(),
  receivedAt: z.iso.datetime(),
  signature: Signature,
});

/** The SBOMs of one component at length. */
export const ComponentSboms = z.object({
  formula: z.string(),
  items: z.array(
    SbomQuality.extend({
      elements: z.array(Element),
      problems: z.array(Problem),
      past: z.array(z.object({ validAt: z.iso.datetime(), receipt: z.string(), scores: Scores.nullable() })),
      attestations: z.array(Attestation),
    }),
  ),
  /** Paths of SBOMs in use that were not judged yet. */
  waiting: z.array(z.string()),
});
export type ComponentSboms = z.infer<typeof ComponentSboms>;

const Change = z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() });

/** Which two SBOMs of a component are compared: by receipt, and by path where one receipt shows several. */
export const SbomDiffQuery = z.strictObject({
  before: z.string().min(1).max(64),
  after: z.string().min(1).max(64),
  beforePath: z.string().max(4096).optional(),
  afterPath: z.string().max(4096).optional(),
});

const BeforeAfter = z.object({ before: z.string().nullable(), after: z.string().nullable() });

/** What changed from one SBOM to another; lists are cut after 2,000 entries, `total` says how many there are. */
export const SbomDifference = z.object({
  document: z.array(Change),
  components: z.array(
    z.object({
      kind: z.enum(['added', 'removed', 'changed']),
      identity: z.string(),
      name: z.string(),
      ref: BeforeAfter,
      version: BeforeAfter,
      fields: z.array(Change),
    }),
  ),
  edges: z.array(z.object({ kind: z.enum(['added', 'removed']), from: z.string(), to: z.string() })),
  same: count,
  total: z.object({ components: count, edges: count }),
  problems: z.array(Problem.extend({ of: z.string() })),
});
export type SbomDifference = z.infer<typeof SbomDifference>;

/** One package about which the sources of a component disagree. */
export const Conflict = z.object({
  kind: z.enum(conflictKinds),
  weight: z.enum(conflictWeights),
  identity: z.string(),
  name: z.string(),
  sides: z.array(z.object({ kind: z.string(), path: z.string(), says: z.string().nullable() })),
  because: z.string(),
});
export type Conflict = z.infer<typeof Conflict>;

/** Where the sources of a component disagree, the worst first. */
export const ConflictList = listOf(Conflict).extend({
  counts: z.object({ serious: count, doubtful: count, expected: count }),
  kinds: z.array(z.object({ kind: z.enum(conflictKinds), count })),
});
export type ConflictList = z.infer<typeof ConflictList>;

/** Narrows conflicts. Without `weight` those that are expected are left out. */
export const ConflictQuery = ListQuery.extend({
  weight: z.enum([...conflictWeights, 'all']).optional(),
  kind: z.enum(conflictKinds).optional(),
  sort: sortBy(['weight', 'name', 'kind'], 'weight'),
});

/** What an attestation may speak of: one component (ref), or anything. */
export const AttestationUploadQuery = z.strictObject({ component: z.string().min(1).max(300).optional() });

/** Attestations that were taken: durable, and checked within a minute or so. */
export const AttestationTaken = z.object({ receipt: z.string(), attestations: count, problems: z.array(Problem) });
export type AttestationTaken = z.infer<typeof AttestationTaken>;
