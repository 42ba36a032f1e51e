import { z } from 'zod';
import { deliveries, linkings, type Delivery, type Linking } from '#model/licence.ts';

const text = z.string().min(1).max(1000);

/** A purl without version. */
export const PackageName = text.regex(/^pkg:[^\s@?#]+(?:%40[^\s?#]*)?$/, 'A purl without version, such as pkg:npm/lodash.');
/** An SPDX expression, or what stands in the place of one. */
export const LicenceText = text;
/** The first ref of a component. */
export const ComponentRef = text;
export const DeliveryWord = z.enum(deliveries);
export const LinkingWord = z.enum(linkings);
/** ISO 3166-1 alpha-2. */
export const Country = z.string().regex(/^[A-Z]{2}$/);

/** What of a case is compared with other cases and with the estate. Null: not known, or nothing to the point. */
export type CaseFacts = {
  /** A purl without version. */
  readonly package: string | null;
  readonly version: string | null;
  /** An SPDX expression as it was written. */
  readonly licence: string | null;
  /** First ref. */
  readonly component: string | null;
  readonly delivery: Delivery | null;
  readonly linking: Linking | null;
  readonly modified: boolean | null;
  /** Whose time a contribution is made in. */
  readonly time: 'firm' | 'own' | null;
  /** Countries whose law it touches. */
  readonly countries: readonly string[];
};

/** Nothing known. */
export const noFacts: CaseFacts = {
  package: null,
  version: null,
  licence: null,
  component: null,
  delivery: null,
  linking: null,
  modified: null,
  time: null,
  countries: [],
};
