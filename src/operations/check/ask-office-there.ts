import { z } from 'zod';
import { gates, policyVerdicts } from '#model/licence.ts';
import type { AskOffice } from './check.ts';
import { officeRequests, type OfficeThere, type WayThere } from './office-requests.ts';

const Verdict = z.enum(policyVerdicts);
const Person = z.object({ person: z.string(), name: z.string().nullable() });
const Answer = z.object({
  policy: z.string(),
  isBuiltIn: z.boolean(),
  verdict: Verdict,
  gate: z.enum(gates),
  counts: z.record(Verdict, z.number()),
  packages: z.array(
    z.object({
      purl: z.string(),
      verdict: Verdict,
      gate: z.enum(gates),
      because: z.string(),
      licence: z.string().nullable(),
      rule: z.string().nullable(),
      asks: z.array(z.string()),
      obligations: z.array(z.object({ title: z.string(), asks: z.string(), state: z.enum(['due', 'open']) })),
      exception: z.object({ id: z.string(), until: z.string() }).nullable(),
      // An office of before says none of these.
      review: z
        .object({ name: z.string(), due: z.string(), state: z.enum(['open', 'waiting']) })
        .nullable()
        .default(null),
      notes: z.array(z.string()).default([]),
      path: z.array(z.string()).default([]),
      alternatives: z.array(z.object({ purl: z.string(), version: z.string().nullable(), verdict: Verdict, components: z.number() })),
    }),
  ),
  ask: z.object({
    team: z.string().nullable(),
    owner: Person.nullable().default(null),
    stewards: z.array(z.object({ package: z.string(), name: z.string() })).default([]),
    counsel: z.array(Person),
  }),
});

/**
 * Asks a running office over HTTP. One that does not answer, or not with verdicts, gives null, so that no build waits for it; one that refuses the question
 * throws a `ConfigurationError`.
 */
export function askOfficeThere(office: OfficeThere, way: WayThere): AskOffice {
  const send = officeRequests(office, way);
  return async (packages, component, request) => {
    const read = Answer.safeParse(
      await send('/v1/verdicts', {
        ...(component === null ? {} : { component }),
        packages: packages.map(({ purl, isDevelopment, claims = [] }) => ({ purl, development: isDevelopment, claims })),
        ...(request === null ? {} : { requestReview: true, reviewReason: request }),
      }),
    );
    if (!read.success) return null;
    const { team, owner, stewards, counsel } = read.data.ask;
    return { ...read.data, ask: { team, owner: owner === null ? null : nameOf(owner), stewards, counsel: counsel.map(nameOf) } };
  };
}

function nameOf({ person, name }: z.infer<typeof Person>): string {
  return name ?? person;
}
