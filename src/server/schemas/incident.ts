import { z } from 'zod';
import { triageStates } from '#desk/triage/triage-state.ts';
import { ListQuery, listOf, sortBy } from './list.ts';

/** How many components of one owner stand how in an incident. */
export const IncidentTeam = z.object({
  team: z.string().nullable(),
  exposed: z.number().int(),
  perhaps: z.number().int(),
  gone: z.number().int(),
  notScanned: z.number().int(),
  /** Of incidents about a file by its hash: components whose files cannot say, and those whose files do not name it. */
  notSearched: z.number().int(),
  notFound: z.number().int(),
  /** Of those exposed or perhaps exposed, by an answer or a decision. */
  answered: z.number().int(),
  noAnswer: z.number().int(),
});
export type IncidentTeam = z.infer<typeof IncidentTeam>;

/** An incident: an advisory of the office's own and how its owners stand. */
export const Incident = z.object({
  id: z.string(),
  /** Id of its advisory. */
  record: z.string(),
  /** Null once erased. */
  title: z.string().nullable(),
  details: z.string().nullable(),
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  /** Null for an incident about a file by its hash. */
  affected: z
    .object({ package: z.string(), introduced: z.string().nullable(), fixed: z.string().nullable(), versions: z.array(z.string()) })
    .nullable(),
  /** Hashes of the file that it is about; empty where it names a package. */
  hashes: z.array(z.string()),
  /** What files in use say that file is: purls without version, each with a version. */
  found: z.array(z.object({ hash: z.string(), package: z.string(), version: z.string() })),
  /** Every id of its advisory group, those that others gave it included. */
  ids: z.array(z.string()),
  opened: z.iso.datetime(),
  /** Pseudonym. */
  by: z.string(),
  closed: z.object({ at: z.iso.datetime(), by: z.string(), as: z.enum(['over', 'false-alarm']) }).nullable(),
  /** To send as `expects`. */
  version: z.number().int(),
  counts: IncidentTeam.omit({ team: true }),
});
export type Incident = z.infer<typeof Incident>;

/** Filters of the incidents. */
export const IncidentQuery = ListQuery.extend({ state: z.enum(['open', 'closed', 'any']).default('any'), sort: sortBy(['opened'], '-opened') });
export type IncidentQuery = z.infer<typeof IncidentQuery>;

/** One page of incidents. */
export const IncidentList = listOf(Incident);
export type IncidentList = z.infer<typeof IncidentList>;

/** An incident by owner. */
export const IncidentDetail = Incident.extend({
  teams: z.array(IncidentTeam),
  /** How far what is in use was searched for the file, as far as the asker may see it; null for an incident about a package. */
  search: z.object({ files: z.number().int(), waiting: z.number().int() }).nullable(),
  /** What others published since about the same package and what may be the incident. */
  candidates: z.array(z.object({ id: z.string(), title: z.string(), published: z.iso.datetime().nullable() })),
});
export type IncidentDetail = z.infer<typeof IncidentDetail>;

/** How one component stands in an incident. */
export const IncidentComponent = z.object({
  component: z.object({ ref: z.string(), name: z.string() }),
  team: z.string().nullable(),
  state: z.enum(['exposed', 'perhaps', 'gone', 'not-scanned', 'not-searched', 'not-found']),
  versions: z.array(z.string()),
  answer: z.object({ says: z.enum(['acknowledged', 'in-work', 'not-affected']), by: z.string(), at: z.iso.datetime() }).nullable(),
  /** How its finding stands on the desk; null for none that is open. A decision is an answer, too. */
  triage: z.enum(triageStates).nullable(),
  /** The first day on which it was over; null while it goes on. */
  until: z.iso.date().nullable(),
  /** Why its files cannot say whether they name the hash; null where they can. */
  notSearched: z.enum(['waiting', 'no-hashes', 'unreadable']).nullable(),
  /** When its source was last seen. */
  seen: z.iso.datetime().nullable(),
});
export type IncidentComponent = z.infer<typeof IncidentComponent>;

/** Filters of the components of an incident. */
export const IncidentComponentQuery = ListQuery.extend({
  team: z.string().optional(),
  owner: z.enum(['none', 'some']).optional(),
  /** Comma separated. */
  state: z
    .string()
    .regex(/^(exposed|perhaps|gone|not-scanned|not-searched|not-found)(,(exposed|perhaps|gone|not-scanned|not-searched|not-found)){0,5}$/)
    .optional(),
  answer: z.enum(['none', 'some']).optional(),
  sort: sortBy(['state', 'component', 'team', 'until'], 'state'),
});
export type IncidentComponentQuery = z.infer<typeof IncidentComponentQuery>;

/** One page of them. */
export const IncidentComponentList = listOf(IncidentComponent);
export type IncidentComponentList = z.infer<typeof IncidentComponentList>;
