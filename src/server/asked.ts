import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Estate } from '#estate/estate.ts';
import type { Visibility } from '#model/visibility.ts';
import type { AnyListing } from './listing.ts';
import type { ServedOffice } from './office.ts';
import type { Principal } from './principal.ts';
import type { RouteName, routes } from './schemas/routes.ts';

type Output<Schema> = Schema extends z.ZodType ? z.infer<Schema> : Readonly<Record<string, never>>;
type Routes = typeof routes;

/** A checked question to one route. `estate` is the one asked about: now, or at the end of the day of `asOf`. */
export type Asked<Name extends RouteName> = {
  readonly office: ServedOffice;
  readonly estate: Estate;
  /** What the asker may see of what the route's permission is about. */
  readonly visibility: Visibility;
  /** What the asker may see of findings, wherever an answer says something of them. */
  readonly findings: Visibility;
  readonly principal: Principal;
  readonly params: Output<Routes[Name]['params']>;
  readonly query: Output<Routes[Name]['query']>;
  readonly body: Output<Routes[Name]['body']>;
  readonly request: FastifyRequest;
};

type Immutable<T> = T extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;

/** What a route answers. */
export type ReplyOf<Name extends RouteName> = Routes[Name]['reply'] extends z.ZodType ? Immutable<z.infer<Routes[Name]['reply']>> : null;

/** What answers a route: a list for those that page, bytes for those of raw, else the reply itself. */
export type Handler<Name extends RouteName> = (
  asked: Asked<Name>,
) => Routes[Name] extends { readonly raw: true }
  ? Promise<RawAnswer>
  : Routes[Name]['csv'] extends true
    ? AnyListing | Promise<AnyListing>
    : ReplyOf<Name> | Promise<ReplyOf<Name>>;

/** Bytes to be downloaded as they are, under a name of letters, digits, dots, dashes and underscores. */
export type RawAnswer =
  | {
      readonly bytes: Uint8Array;
      readonly fileName: string;
      /** One that no browser runs; plain bytes where it is absent. */
      readonly mediaType?: string;
    }
  | StreamedAnswer;

/** What this program wrote itself, made while it is sent. */
export type StreamedAnswer = {
  readonly pieces: Iterable<Buffer>;
  readonly fileName: string;
  readonly mediaType: string;
  readonly etag: string;
};

/** One row of a list. */
export type ItemOf<Name extends RouteName> = ReplyOf<Name> extends { readonly items: readonly (infer Item)[] } ? Item : never;
