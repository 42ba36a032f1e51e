import { z } from 'zod';
import { approvalWords } from '#model/approval.ts';
import { actKind } from '../act-kind.ts';
import { mayImportAgain } from '../licences/approvals.ts';
import { packageProblem } from '../licences/package-problem.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid } from '../refused.ts';

const text = z.string().min(1).max(1000);
const Row = z.strictObject({
  /** Made from what it says, so that importing the same twice imports it once. */
  id: GivenId,
  says: z.enum(approvalWords),
  /** What it is about: every part given must be met. */
  predicate: z.strictObject({
    component: text.optional(),
    /** Purl without version. */
    package: text.optional(),
    range: text.optional(),
  }),
  /** As the file writes it: an SPDX expression or any name. */
  licence: text.nullable().default(null),
  /** ISO 8601, as the file says. */
  until: z.iso.datetime().nullable().default(null),
  /** When it was said first. */
  at: z.iso.datetime().nullable().default(null),
  line: z.number().int().positive().nullable().default(null),
});

const Body = z.strictObject({
  id: GivenId,
  /** Format of the file: `black-duck`, `ort-yml` … */
  source: z.string().regex(/^[a-z0-9-]{1,60}$/),
  /** Of the file. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** When it is forgotten unless it is confirmed. */
  expires: z.iso.datetime(),
  rows: z.array(Row).min(1).max(5000),
});
type Body = z.infer<typeof Body>;

const said = z.string().max(10_000).nullable().default(null);
const Words = z.strictObject({
  file: z.string().max(1000),
  /** What each row says in words, in the order of the rows. */
  details: z.array(z.strictObject({ reason: said, conditions: said, by: said }).nullable()).max(5000),
});
type Words = z.infer<typeof Words>;

const longestMs = 366 * 86_400_000;

/** Takes over what another tool or firm approved, as approvals that nobody here stands behind yet: they are shown, are forgotten in time, and no verdict counts them. */
export const importApprovals = actKind<Body, Words>({
  id: 'import-approvals',
  summary: 'Take over approvals of licences and packages, unconfirmed',
  permission: 'ip-policy:write',
  body: Body,
  words: Words,
  subjectOf: (body) => `import:${body.id}`,
  judge(desk, { body, words, at }) {
    if (words.details.length !== body.rows.length) return invalid('Each row has its words, in the same order.');
    if (new Set(body.rows.map(({ id }) => id)).size !== body.rows.length) return invalid('Two rows have the same id.');
    const expires = Date.parse(body.expires);
    if (expires <= at || expires > at + longestMs) return invalid('What is imported ends within a year.');
    for (const { id, says, predicate, licence } of body.rows) {
      if (!mayImportAgain(desk.approvals.get(id), at)) return invalid('One of these was imported already.');
      if (predicate.package === undefined && (licence === null || says === 'concluded'))
        return invalid('What is imported names a package or a licence.');
      if (says === 'concluded' && licence === null) return invalid('What is concluded names a licence.');
      if (predicate.range !== undefined && predicate.package === undefined) return invalid('A range needs the package whose versions it means.');
      const problem = predicate.package === undefined ? null : packageProblem(predicate.package, predicate.range ?? null);
      if (problem !== null) return problem;
    }
    return null;
  },
  fold(desk, act) {
    const { id: batch, source, sha256, expires, rows } = act.body as Body;
    const words = act.words as Words | null;
    for (const [index, row] of rows.entries()) {
      const ownEnd = row.until === null ? null : Date.parse(row.until);
      desk.approvals.set(row.id, {
        id: row.id,
        says: row.says,
        predicate: row.predicate,
        licence: row.licence,
        origin: {
          batch,
          source,
          file: words?.file ?? null,
          sha256,
          line: row.line,
          saidAt: row.at === null ? null : Date.parse(row.at),
          hasOwnEnd: ownEnd !== null,
        },
        words: words?.details[index] ?? null,
        importedBy: act.actor,
        at: act.at,
        ownEnd,
        until: Math.min(ownEnd ?? Date.parse(expires), Date.parse(expires)),
        answer: null,
      });
    }
  },
});
