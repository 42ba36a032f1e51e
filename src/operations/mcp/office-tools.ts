import { z } from 'zod';
import { packageOfPurl } from '#language/purl.ts';
import { askOfficeThere } from '../check/ask-office-there.ts';
import { officeRequests, type OfficeThere, type WayThere } from '../check/office-requests.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { tool, type Tool } from './tool.ts';

const Purl = z
  .string()
  .max(1000)
  .refine((text) => packageOfPurl(text) !== null, 'This is no package URL. An example: pkg:npm/lodash@4.17.21')
  .describe('Package URL, such as pkg:npm/lodash@4.17.21; without a version the latest is meant');
const Component = z.string().min(1).max(1000).describe('Ref of the component it is for, such as component:acme/shop');
const most = z.number().int().min(1).max(100).default(20).describe('How many rows at most');

// Only what is named here leaves an answer of the office: nothing else can come through a tool.
const Users = z.object({
  total: z.number(),
  items: z.array(
    z.object({
      component: z.object({ ref: z.string(), name: z.string() }),
      owner: z.object({ team: z.string() }).nullable().catch(null),
      version: z.string().nullable(),
      scope: z.string(),
      direct: z.boolean().nullable(),
      since: z.string(),
    }),
  ),
});
const Findings = z.object({
  total: z.number(),
  items: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      component: z.object({ ref: z.string(), name: z.string() }),
      team: z.string().nullable(),
      package: z.object({ purl: z.string() }).nullable(),
      versions: z.array(z.string()),
      severity: z.string(),
      action: z.string().nullable(),
      due: z.string().nullable(),
      fix: z.string().nullable(),
      reason: z.string(),
    }),
  ),
});

/** The tools over a running office. What they say is what the token may see: the office decides that, as for every other answer. */
export function officeTools(office: OfficeThere, way: WayThere): readonly Tool[] {
  const verdictsOf = askOfficeThere(office, way);
  const ask = officeRequests(office, way);
  const away = `The office at ${office.url} does not answer.`;
  const rows = async <Rows>(path: `/v1/${string}`, form: z.ZodType<Rows>): Promise<Rows> => {
    const read = form.safeParse(await ask(path, null));
    if (!read.success) throw new ConfigurationError(away);
    return read.data;
  };
  return [
    tool({
      name: 'may_i_use',
      title: 'May I use this?',
      description:
        'The policy verdict for packages before they are added: allowed, conditions, review, unknown or denied, with the reason, what is used here instead and whom to ask. Not legal advice.',
      input: z.strictObject({ packages: z.array(Purl).min(1).max(50), component: Component.optional() }),
      async call({ packages, component = null }) {
        const asked = packages.map((purl) => ({ purl, isDevelopment: false }));
        const judged = await verdictsOf(asked, component, null);
        if (judged === null) throw new ConfigurationError(`${away} Nothing was judged.`);
        return judged;
      },
    }),
    tool({
      name: 'who_uses',
      title: 'Who uses this?',
      description: 'Components of the firm that use a package, with team, version and since when.',
      input: z.strictObject({ package: Purl, limit: most }),
      call({ package: purl, limit }) {
        const version = packageOfPurl(purl)?.version ?? null;
        const query = new URLSearchParams({ limit: String(limit), ...(version === null ? {} : { version }) });
        return rows(`/v1/packages/${encodeURIComponent(purl.replace(/@[^@/]*$/, ''))}/users?${query.toString()}`, Users);
      },
    }),
    tool({
      name: 'open_findings',
      title: 'What is open?',
      description: 'Open findings, most pressing first: of one component, one package or everything that may be seen.',
      input: z.strictObject({ component: Component.optional(), package: Purl.optional(), limit: most }),
      call({ component, package: purl, limit }) {
        const narrowed = { ...(component === undefined ? {} : { component }), ...(purl === undefined ? {} : { package: purl }) };
        return rows(`/v1/findings?${new URLSearchParams({ limit: String(limit), ...narrowed }).toString()}`, Findings);
      },
    }),
  ];
}
