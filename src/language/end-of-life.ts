import type { EndOfLifeRow } from '../model/end-of-life.ts';
import type { Problem } from '../model/problem.ts';
import { asArray, asObject, asString, readJson } from './readers/json.ts';

export type EndOfLifeReading = {
  /** Unix milliseconds: when the data was made; null when it does not say. */
  readonly generatedAt: number | null;
  readonly products: readonly EndOfLifeRow[];
  /** How many products were left out. */
  readonly rejected: number;
  readonly problems: readonly Problem[];
};

const dayMs = 86_400_000;
const maxProducts = 5_000;
const maxCycles = 1_000;
const productName = /^[a-z0-9][a-z0-9._+-]{0,99}$/;

/**
 * The products of endoflife.date (API v1, https://endoflife.date/docs/api/v1/, `products/full`): release lines with the day on which their support ended.
 * What it computed for the day on which it was made is not taken over; only where it says that a line has ended and names no day, the day it was made stands for that.
 */
export function parseEndOfLife(bytes: Uint8Array): EndOfLifeReading {
  const document = readJson(bytes);
  if (!document.ok) return empty({ ...document.error, severity: 'error' });
  const root = asObject(document.value);
  const rows = root?.result;
  if (root === null || !Array.isArray(rows))
    return empty({ code: 'not-end-of-life', message: 'The file has no list of products as endoflife.date sends it.', severity: 'error' });
  const generated = Date.parse(asString(root.generated_at) ?? '');
  const madeOn = Number.isNaN(generated) ? null : Math.floor(generated / dayMs);
  const products: EndOfLifeRow[] = [];
  let rejected = 0;
  for (const row of (rows as readonly unknown[]).slice(0, maxProducts)) {
    const product = productOf(row, madeOn);
    if (product === null) rejected += 1;
    else products.push(product);
  }
  const problems: readonly Problem[] =
    rejected === 0
      ? []
      : [{ code: 'bad-rows', message: `${String(rejected)} products have no usable name or release lines and were left out.`, severity: 'warning' }];
  return {
    generatedAt: Number.isNaN(generated) ? null : generated,
    products: products.sort((a, b) => (a.product < b.product ? -1 : 1)),
    rejected,
    problems,
  };
}

function productOf(row: unknown, madeOn: number | null): EndOfLifeRow | null {
  const fields = asObject(row);
  const product = asString(fields?.name);
  if (fields === null || product === null || !productName.test(product) || !Array.isArray(fields.releases)) return null;
  const cycles = asArray(fields.releases)
    .slice(0, maxCycles)
    .flatMap((each) => {
      const release = asObject(each);
      const name = asString(release?.name);
      if (release === null || name === null || !/^[0-9A-Za-z][0-9A-Za-z ._+-]{0,49}$/.test(name)) return [];
      const day = dayOf(release.eolFrom);
      return [{ name, endsOn: day ?? (release.isEol === true ? madeOn : null) }];
    });
  const link = asString(asObject(fields.links)?.html) ?? '';
  const label = (asString(fields.label) ?? product)
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .slice(0, 100)
    .toWellFormed();
  return cycles.length === 0
    ? null
    : { product, label, source: /^https:\/\/[^\s"'<>]{1,300}$/.test(link) ? link : `https://endoflife.date/${product}`, cycles };
}

function dayOf(value: unknown): number | null {
  const text = asString(value);
  const at = text !== null && /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? null : at / dayMs;
}

function empty(problem: Problem): EndOfLifeReading {
  return { generatedAt: null, products: [], rejected: 0, problems: [problem] };
}
