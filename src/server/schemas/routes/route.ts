import { z } from 'zod';
import type { Permission } from '#model/permission.ts';
import { AsOf } from '../list.ts';

/** One entry of the API. A path parameter is one percent-encoded segment: `/v1/components/component%3Aacme%2Fapi`. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/v1/${string}`;
  readonly summary: string;
  readonly permission: Permission;
  readonly params: z.ZodType | null;
  readonly query: z.ZodType | null;
  /** `stream`: the body is a file, taken as it comes; a schema: JSON of that. */
  readonly body: 'none' | 'stream' | z.ZodType;
  readonly status: 200 | 201 | 202 | 204;
  /** Null when the answer has no body. */
  readonly reply: z.ZodType | null;
  /** True for lists, which also answer `format=csv` and `format=jsonl`. */
  readonly csv: boolean;
  /** True for bytes as they are kept, sent as a download; absent means false. */
  readonly raw?: true;
};

/** Routes by name. */
export type Routes = Readonly<Record<string, Route>>;

/** What most routes that read one thing have in common. */
export const read = { method: 'GET', params: null, query: null, body: 'none', status: 200, csv: false } as const;
/** And those that answer a list. */
export const list = { ...read, csv: true } as const;
/** A path that names one thing by its id. */
export const byId = z.object({ id: z.string() });
/** A question about now or a day. */
export const asOf = z.strictObject({ asOf: AsOf });
