import { z } from 'zod';
import { importDecisions } from '#operations/import-decisions.ts';
import { decisionsOn } from '#operations/decisions-on.ts';
import { visibilityOf } from '../principal.ts';
import { Refusal } from '../refusal.ts';
import { componentOfProject } from './projects.ts';
import { trackRows, trackState, type TrackRow } from './track-findings.ts';
import type { Knock } from './uploads.ts';

/** What was decided about a finding, as a client of Dependency-Track sees it. */
export type TrackAnalysis = {
  readonly analysisState: string;
  readonly analysisJustification: string;
  readonly analysisResponse: string;
  readonly analysisDetails: string;
  /** What was decided before, and what does not count, with why. Times are Unix milliseconds. */
  readonly analysisComments: readonly { readonly timestamp: number; readonly comment: string }[];
  readonly isSuppressed: boolean;
};

const Uuid = z.string().max(100);
const Named = z.object({ project: Uuid.optional(), component: Uuid, vulnerability: Uuid });
const Said = Named.extend({
  project: Uuid,
  analysisState: z.enum(['NOT_SET', 'EXPLOITABLE', 'IN_TRIAGE', 'RESOLVED', 'FALSE_POSITIVE', 'NOT_AFFECTED']).optional(),
  analysisJustification: z.string().max(100).nullish(),
  analysisResponse: z.string().max(100).nullish(),
  analysisDetails: z.string().max(10_000).nullish(),
  comment: z.string().max(10_000).nullish(),
  isSuppressed: z.boolean().nullish(),
});

/** What counts for one finding. */
export function analysisNow(knock: Knock): TrackAnalysis {
  const named = read(Named, knock.request.query);
  if (named.project === undefined) throw new Refusal(400, 'Say which project the component is of.');
  return analysisOf(knock, rowNamed(knock, { ...named, project: named.project }));
}

/** Takes over what a client says of one finding, like every decision that comes from elsewhere: unconfirmed, under the permission of who sends it. */
export async function takeAnalysis(knock: Knock): Promise<TrackAnalysis> {
  const said = read(Said, knock.request.body);
  const { office, estate, principal } = knock;
  const found = rowNamed(knock, said);
  if ((said.analysisState ?? 'NOT_SET') === 'NOT_SET' && said.isSuppressed !== true)
    throw new Refusal(400, 'NOT_SET takes nothing back here: a decision is withdrawn by somebody, on the page of the finding.');
  if (said.analysisState === 'RESOLVED') throw new Refusal(400, 'That something is resolved is what the inventory says. Upload an SBOM without it.');
  const { component, vulnerability } = found.finding;
  const analysis = {
    state: said.analysisState ?? 'NOT_SET',
    justification: said.analysisJustification ?? undefined,
    response: said.analysisResponse ?? undefined,
    details: [said.analysisDetails, said.comment].filter((text) => text != null && text !== '').join('\n') || undefined,
    isSuppressed: said.isSuppressed ?? false,
  };
  const holder = estate.components[found.component]?.ref ?? '';
  const done = await importDecisions(office.context, office.desk, estate, {
    bytes: Buffer.from(JSON.stringify({ project: { name: holder }, findings: [{ component, vulnerability, analysis }] })),
    file: 'analysis',
    formatId: 'dependency-track',
    component: holder,
    actor: principal.actor,
    visibility: visibilityOf(principal, 'findings'),
    estateVisibility: visibilityOf(principal, 'estate'),
  });
  if ('refusal' in done) throw new Refusal(done.refusal === 'not-allowed' ? 403 : 400, done.reason);
  return analysisOf(knock, found);
}

type Place = TrackRow & { readonly component: number };

function rowNamed({ office, estate, principal }: Knock, { project, component, vulnerability }: z.infer<typeof Named> & { project: string }): Place {
  const slot = componentOfProject(estate, visibilityOf(principal, 'findings'), project);
  const rows = slot === null ? [] : trackRows(estate, office.desk.desk, slot, office.clock());
  const found = rows.find(({ finding }) => finding.component.uuid === component && finding.vulnerability.uuid === vulnerability);
  if (slot === null || found === undefined) throw new Refusal(404, 'The finding could not be found.');
  return { ...found, component: slot };
}

function analysisOf({ office, estate }: Knock, { component, row }: Place): TrackAnalysis {
  const all = decisionsOn(estate, office.desk.desk, { component, row }, office.clock());
  const [first] = all;
  const counting = first?.standing === 'counts' ? first : null;
  const { state, isSuppressed } = trackState(counting?.verdict ?? null);
  return {
    analysisState: state ?? 'NOT_SET',
    analysisJustification: counting?.justification?.toUpperCase() ?? 'NOT_SET',
    analysisResponse: counting?.responses[0]?.toUpperCase() ?? 'NOT_SET',
    analysisDetails: counting?.reason ?? '',
    analysisComments: all.map(({ at, verdict, reason, standing }) => ({
      timestamp: Date.parse(at),
      comment: `${trackState(verdict).state ?? ''} (${standing}): ${reason ?? ''}`,
    })),
    isSuppressed,
  };
}

function read<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal(
    400,
    `The question is not understood: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}.`,
  );
}
