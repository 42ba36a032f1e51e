import { z } from 'zod';
import { deliveries } from '#model/licence.ts';
import { RowsQuery } from './figure.ts';
import { ListQuery, listOf, sortBy } from './list.ts';

const count = z.number().int().nonnegative();
const State = z.enum(['due', 'open', 'fulfilled']);

/** Narrows what licences ask for. */
export const ObligationQuery = ListQuery.extend({
  team: z.string().max(200).optional(),
  /** Id in the IP policy. */
  obligation: z.string().max(100).optional(),
  /** Only rows with package versions of which it is so. */
  state: State.optional(),
  sort: sortBy(['component', 'team', 'obligation', 'due', 'open', 'fulfilled'], '-due'),
});
export type ObligationQuery = z.infer<typeof ObligationQuery>;

/** One duty of one thing that is delivered, with how many package versions ask for it. */
export const Obligation = z.object({
  component: z.object({ ref: z.string(), name: z.string() }),
  /** Null: no owner. */
  team: z.string().nullable(),
  /** Null: the component declares nothing. */
  artifact: z.string().nullable(),
  /** Empty: nobody said. */
  deliveries: z.array(z.enum(deliveries)),
  obligation: z.object({ id: z.string(), title: z.string(), asks: z.string(), shownBy: z.string().nullable() }),
  due: count,
  /** Whether it holds hangs on what is not known. */
  open: count,
  fulfilled: count,
  /** What lists its package versions. */
  rowsQuery: RowsQuery,
});
export type Obligation = z.infer<typeof Obligation>;

/** One page of what licences ask for, with the sums over everything that may be seen. */
export const ObligationList = listOf(Obligation).extend({
  /** `ip-policy@2`. */
  policy: z.string(),
  counts: z.object({ due: count, open: count, fulfilled: count }),
  obligations: z.array(z.object({ id: z.string(), title: z.string(), due: count })),
  teams: z.array(z.object({ team: z.string().nullable(), due: count, open: count, fulfilled: count })),
});
export type ObligationList = z.infer<typeof ObligationList>;

/** Narrows what licences ask for of one component. */
export const PackageObligationQuery = ListQuery.extend({
  obligation: z.string().max(100).optional(),
  artifact: z.string().max(100).optional(),
  state: State.optional(),
  sort: sortBy(['package', 'obligation', 'state'], 'state'),
});
export type PackageObligationQuery = z.infer<typeof PackageObligationQuery>;

/** One duty of one package version in what is delivered. */
export const PackageObligation = z.object({
  purl: z.string(),
  artifact: z.string().nullable(),
  licence: z.string().nullable(),
  obligation: z.object({ id: z.string(), title: z.string(), asks: z.string(), shownBy: z.string().nullable() }),
  state: State,
  /** Who fulfilled it, and where that can be seen; null while nobody did, or where it is not for the asker. */
  by: z.string().nullable(),
  evidence: z.string().nullable(),
});
export type PackageObligation = z.infer<typeof PackageObligation>;

/** One page of what licences ask for of one component. */
export const PackageObligationList = listOf(PackageObligation).extend({
  component: z.object({ ref: z.string(), name: z.string() }),
  team: z.string().nullable(),
});
export type PackageObligationList = z.infer<typeof PackageObligationList>;
