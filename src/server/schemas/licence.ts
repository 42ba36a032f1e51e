import { z } from 'zod';
import { IpPolicy } from '#desk/ip-policy/ip-policy.ts';
import { deliveries, gates, licenceSources, linkings, policyVerdicts } from '#model/licence.ts';
import { LicenceFile } from './licence-file.ts';
import { RowsQuery } from './figure.ts';
import { ListQuery, listOf, sortBy } from './list.ts';

const count = z.number().int().nonnegative();

/** What the IP policy says of a use, from best to worst; `unknown` is asked about, never allowed. */
export const Verdict = z.enum(policyVerdicts);
export type Verdict = z.infer<typeof Verdict>;

const Gate = z.enum(gates);

const Counts = z.object({ allowed: count, conditions: count, review: count, unknown: count, denied: count });

/** What one source says, word for word. */
const Claim = z.object({ source: z.enum(licenceSources), said: z.array(z.string()) });

/** Something that a component delivers; null is not known. */
export const Artifact = z.strictObject({
  name: z.string().min(1).max(100),
  deliveries: z.array(z.enum(deliveries)).max(deliveries.length),
  linking: z.enum(linkings).nullable().default(null),
  modified: z.boolean().nullable().default(null),
  outbound: z.string().max(1000).nullable().default(null),
});
export type Artifact = z.infer<typeof Artifact>;

/** "May I use this?" */
export const VerdictsWanted = z
  .strictObject({
    /** Ref of the component that it is for: its artifacts are the context, its team is asked. */
    component: z.string().min(1).max(1000).optional(),
    /** Package versions, as a lockfile or a change brings them in; absent: all that the component uses now. */
    packages: z
      .array(
        z.strictObject({
          purl: z.string().startsWith('pkg:').max(1000),
          development: z.boolean().default(false),
          /** What the file that brings it in says of its licence; counts where the office does not know better. */
          claims: z
            .array(z.strictObject({ source: z.enum(['lockfile', 'manifest', 'sbom']), said: z.array(z.string().min(1).max(1000)).min(1).max(50) }))
            .max(5)
            .default([]),
        }),
      )
      .max(50_000)
      .optional(),
    /** How it is delivered, where that is not what the component declares. */
    artifacts: z.array(Artifact).max(20).optional(),
    /** Ask the council about what the policy sends to review, or join who asks; needs `council:ask`. */
    requestReview: z.boolean().default(false),
    /** Why it is wanted: the council reads it. */
    reviewReason: z.string().min(3).max(2000).optional(),
  })
  .refine(({ component, packages }) => component !== undefined || packages !== undefined, 'Name a component or packages.');
export type VerdictsWanted = z.infer<typeof VerdictsWanted>;

const PersonNamed = z.object({ person: z.string(), name: z.string().nullable() });

const Question = z.enum(['licence', 'delivery', 'linking', 'modified']);

/** What the policy says of one package version. */
export const PackageVerdict = z.object({
  purl: z.string(),
  verdict: Verdict,
  /** What it does to the build of the component. */
  gate: Gate,
  /** One sentence. */
  because: z.string(),
  /** What counts, as an SPDX expression in normal form; null when it is unknown. */
  licence: z.string().nullable(),
  claims: z.array(Claim),
  /** Two sources say different licences: both must be met. */
  isDisputed: z.boolean(),
  /** Where it is a choice: each set of licences that would do. */
  choices: z.array(z.array(z.string())),
  /** What counsel chose of it, and in which case of the council; null where nobody chose. */
  choice: z.object({ rely: z.string(), council: z.string().nullable() }).nullable(),
  /** What an entry that is no expression may mean: never applied by itself. */
  suggestion: z.string().nullable(),
  category: z.string().nullable(),
  /** Line of the policy that decided. */
  rule: z.string().nullable(),
  relyOn: z.array(z.string()),
  /** `open`: whether it holds hangs on what is not known. */
  obligations: z.array(z.object({ id: z.string(), title: z.string(), asks: z.string(), state: z.enum(['due', 'open']) })),
  /** What would have to be said for a verdict. */
  asks: z.array(Question),
  between: z.tuple([Verdict, Verdict]).nullable(),
  artifact: z.string().nullable(),
  exception: z.object({ id: z.string(), until: z.iso.datetime() }).nullable(),
  /** The case by which the council denies it, whatever the policy says; `until` null: until it is asked again. */
  refusal: z.object({ case: z.string(), name: z.string(), until: z.iso.datetime().nullable() }).nullable(),
  /** The open case of the council that asks about it; null when nobody asks. */
  review: z.object({ id: z.string(), name: z.string(), due: z.iso.datetime(), state: z.enum(['open', 'waiting']) }).nullable(),
  alternatives: z.array(
    z.object({ purl: z.string(), version: z.string().nullable(), why: z.enum(['version', 'named']), verdict: Verdict, components: count }),
  ),
  /** What is to be known of the answer, a sentence each: which version was judged, why a registry says nothing. */
  notes: z.array(z.string()),
  /**
   * Why it is in the component that it is asked for, where it is not simply permitted: `name@version` from what the component names itself down to it, by the
   * shortest way; empty where nothing tells, or it is not in it.
   */
  path: z.array(z.string()),
});
export type PackageVerdict = z.infer<typeof PackageVerdict>;

/** Policy verdicts, worst first; never legal advice. */
export const Verdicts = z.object({
  /** `ip-policy@2`. */
  policy: z.string(),
  /** The policy is the built-in one, which nobody of counsel has approved. */
  isBuiltIn: z.boolean(),
  verdict: Verdict,
  /** The strongest of all. */
  gate: Gate,
  counts: Counts,
  packages: z.array(PackageVerdict),
  ask: z.object({
    /** Team of the component; null when none owns it, or it says so itself. */
    team: z.string().nullable(),
    /** Who confirmed that it is the team's. */
    owner: PersonNamed.nullable(),
    /** Who was named to be asked about packages that are not simply permitted, by purl without version. */
    stewards: z.array(z.object({ package: z.string(), kind: z.enum(['person', 'team']), id: z.string(), name: z.string() })),
    counsel: z.array(PersonNamed),
  }),
});
export type Verdicts = z.infer<typeof Verdicts>;

/** For which use a list of what is denied is made. */
export const VerdictListQuery = z.strictObject({
  /** Only what is delivered so; absent: what is denied however it is used. */
  delivery: z.enum(deliveries).optional(),
});
export type VerdictListQuery = z.infer<typeof VerdictListQuery>;

const verdictList = {
  policy: z.string(),
  isBuiltIn: z.boolean(),
  delivery: z.enum(deliveries).nullable(),
  /** Denied versions that cannot be said as paths, by ecosystem. */
  left: z.record(z.string(), count),
  etag: z.string(),
};

/** What is denied, as exclude patterns of Artifactory. */
export const ArtifactoryList = z.object({
  ...verdictList,
  repositories: z.array(z.object({ ecosystem: z.string(), packageType: z.string(), versions: count, excludesPattern: z.string() })),
});
export type ArtifactoryList = z.infer<typeof ArtifactoryList>;

/** What is denied, as routing rules of Nexus: `rule` is what its REST API takes. */
export const NexusList = z.object({
  ...verdictList,
  rules: z.array(
    z.object({
      ecosystem: z.string(),
      versions: count,
      rule: z.object({ name: z.string(), description: z.string(), mode: z.literal('BLOCK'), matchers: z.array(z.string()) }),
    }),
  ),
});
export type NexusList = z.infer<typeof NexusList>;

/** Narrows exceptions. */
export const LicenceExceptionQuery = ListQuery.extend({
  kind: z.enum(['counsel', 'council', 'break-glass']).optional(),
  /** `ended`: those whose time is over, as long as nobody took them back. */
  state: z.enum(['standing', 'ended']).default('standing'),
  sort: sortBy(['until', 'at'], 'until'),
});
export type LicenceExceptionQuery = z.infer<typeof LicenceExceptionQuery>;

const part = z.string().nullable();

/** A use that the policy would not permit, permitted until a moment; every part that is not null must be met. */
export const LicenceExceptionRow = z.object({
  id: z.string(),
  /** Who permits it; `break-glass`: a team let a blocked build pass, without counsel. */
  kind: z.enum(['counsel', 'council', 'break-glass']),
  component: part,
  artifact: part,
  team: part,
  /** Purl without version. */
  package: part,
  range: part,
  licence: part,
  delivery: z.enum(deliveries).nullable(),
  verdict: z.enum(['allowed', 'conditions']),
  until: z.iso.datetime(),
  at: z.iso.datetime(),
  by: z.object({ id: z.string(), name: z.string().nullable() }),
  /** Name of the case that decided it. */
  council: part,
  /** Format of the file of another tool that it came from, where counsel confirmed it; null where it was made here. */
  importedFrom: part,
  /** What the component is called; null where it names none. */
  componentName: part,
  /** What it changes now, of what may be seen; null once it has ended. */
  changes: z
    .object({
      versions: count,
      components: count,
      /** Uses by the verdict that the policy gives them without it. */
      verdicts: Counts,
      rowsQuery: RowsQuery,
    })
    .nullable(),
});
export type LicenceExceptionRow = z.infer<typeof LicenceExceptionRow>;

/** Exceptions that stand, or have ended. */
export const LicenceExceptionList = listOf(LicenceExceptionRow);
export type LicenceExceptionList = z.infer<typeof LicenceExceptionList>;

/** Narrows the licences in use. */
export const LicenceQuery = ListQuery.extend({
  category: z.string().max(100).optional(),
  verdict: Verdict.optional(),
  sort: sortBy(['licence', 'versions', 'uses', 'worst'], '-worst'),
});
export type LicenceQuery = z.infer<typeof LicenceQuery>;

/** One licence in use. */
export const LicenceRow = z.object({
  /** Null: unknown. */
  licence: z.string().nullable(),
  category: z.string().nullable(),
  versions: count,
  uses: count,
  /** Of the uses. */
  verdicts: Counts,
  worst: Verdict,
  /** What lists exactly its package versions. */
  rowsQuery: RowsQuery,
});
export type LicenceRow = z.infer<typeof LicenceRow>;

/** One page of the licences in use, with what is known of all. */
export const LicenceList = listOf(LicenceRow).extend({
  policy: z.string(),
  isBuiltIn: z.boolean(),
  coverage: z.object({
    /** Package versions in use, of which the licence is known, and by what. */
    versions: count,
    known: count,
    concluded: count,
    disputed: count,
    /** A licence text that was found says another licence than what is declared, or something that nobody here knows. */
    foundOtherwise: count,
    /** Something was said, but it is no licence expression. */
    unread: count,
    /** Nobody says anything. */
    silent: count,
    /** Components in use, and those of which somebody said how they are delivered. */
    components: count,
    declared: count,
  }),
  /** Package versions by their worst verdict. */
  verdicts: Counts,
  categories: z.array(z.object({ id: z.string().nullable(), title: z.string(), means: z.string(), licences: count, versions: count })),
});
export type LicenceList = z.infer<typeof LicenceList>;

/** Narrows package versions by their licence. */
export const LicensedVersionQuery = ListQuery.extend({
  /** In normal form; `unknown` for those whose licence is unknown. */
  licence: z.string().max(2000).optional(),
  category: z.string().max(100).optional(),
  verdict: Verdict.optional(),
  /** `found-otherwise`: a licence text that was found says another licence than what is declared. */
  state: z.enum(['unread', 'silent', 'disputed', 'concluded', 'found-otherwise']).optional(),
  /** Id of an exception: only what it permits now and the policy would not. */
  exception: z.string().max(100).optional(),
  sort: sortBy(['package', 'components', 'licence', 'verdict'], '-verdict'),
});
export type LicensedVersionQuery = z.infer<typeof LicensedVersionQuery>;

/** One package version in use, by its licence. */
export const LicensedVersion = z.object({
  purl: z.string(),
  name: z.string(),
  ecosystem: z.string(),
  version: z.string(),
  licence: z.string().nullable(),
  claims: z.array(Claim),
  /** Files in trees that may be seen in which its licence was found, at most ten. */
  files: z.array(LicenceFile),
  suggestion: z.string().nullable(),
  isDisputed: z.boolean(),
  isFoundOtherwise: z.boolean(),
  isConcluded: z.boolean(),
  category: z.string().nullable(),
  /** The worst of its uses that may be seen. */
  verdict: Verdict,
  components: count,
});
export type LicensedVersion = z.infer<typeof LicensedVersion>;

/** One page of package versions by licence. */
export const LicensedVersionList = listOf(LicensedVersion);
export type LicensedVersionList = z.infer<typeof LicensedVersionList>;

/** What a component delivers, as declared, and what is still asked. */
export const ComponentArtifacts = z.object({
  component: z.object({ ref: z.string(), name: z.string() }),
  team: z.string().nullable(),
  artifacts: z.array(Artifact.extend({ by: z.string(), at: z.iso.datetime() })),
  /** Questions to the owner, with how many package versions wait for the answer. */
  questions: z.array(z.object({ about: Question, versions: count })),
});
export type ComponentArtifacts = z.infer<typeof ComponentArtifacts>;

/** Of what a report about a component is, and how it is written. */
export const ReportQuery = z.strictObject({
  format: z.enum(['md', 'html', 'txt', 'csv', 'json']).default('md'),
  /** One of what it delivers; absent: all. */
  artifact: z.string().min(1).max(100).optional(),
  /** Place of one of its SBOMs; absent: all that shows what is in it. */
  sbom: z.string().min(1).max(4096).optional(),
});
export type ReportQuery = z.infer<typeof ReportQuery>;

const Difference = z.object({ place: z.string(), before: z.unknown(), after: z.unknown() });
const Problem = z.object({ place: z.string(), message: z.string() });

/** The IP policy in force, what waits for counsel, and what was in force before. */
export const IpPolicyStatus = z.object({
  version: z.number().int().positive(),
  name: z.string(),
  hash: z.string(),
  /** Null for the built-in one, which always was. */
  since: z.iso.datetime().nullable(),
  /** Who of counsel approved it; null for the built-in one. */
  approvedBy: z.string().nullable(),
  policy: IpPolicy,
  waiting: z.array(
    z.object({
      hash: z.string(),
      author: z.string(),
      at: z.iso.datetime(),
      reason: z.string().nullable(),
      policy: IpPolicy,
      differences: z.array(Difference),
    }),
  ),
  versions: z.array(z.object({ version: z.number().int(), hash: z.string(), since: z.iso.datetime().nullable(), approvedBy: z.string().nullable() })),
  /** Verdicts by category and delivery, where nothing is known of linking and changes. */
  matrix: z.array(
    z.object({
      category: z.string(),
      title: z.string(),
      means: z.string(),
      licences: count,
      verdicts: z.array(z.object({ delivery: z.enum(deliveries), verdict: Verdict, because: z.string() })),
    }),
  ),
  templates: z.array(z.object({ id: z.string(), title: z.string(), for: z.string(), policy: IpPolicy })),
});
export type IpPolicyStatus = z.infer<typeof IpPolicyStatus>;

/** An IP policy to look at before it is proposed. */
export const IpPreviewWanted = z.strictObject({
  policy: IpPolicy,
  /** Also list package versions by their worst verdict then, and perhaps now, those with most users first. */
  rows: z.strictObject({ from: Verdict.optional(), to: Verdict, limit: z.number().int().min(1).max(500).default(100) }).optional(),
});
export type IpPreviewWanted = z.infer<typeof IpPreviewWanted>;

const MovedVersion = z.object({ purl: z.string(), version: z.string(), licence: z.string().nullable(), components: count });

/** What an IP policy would change for all that is in use and may be seen. */
export const IpPolicyPreview = z.object({
  hash: z.string(),
  problems: z.array(Problem),
  differences: z.array(Difference),
  before: Counts,
  after: Counts,
  moves: z.array(z.object({ from: Verdict, to: Verdict, versions: count, samples: z.array(MovedVersion) })),
  /** What was asked for by `rows`; null when nothing was. */
  rows: z.object({ total: count, items: z.array(MovedVersion) }).nullable(),
});
export type IpPolicyPreview = z.infer<typeof IpPolicyPreview>;
