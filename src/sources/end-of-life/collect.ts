import { collectFeedFile, type FeedFile, type FeedFileSource } from '../feed-file.ts';

/** Where endoflife.date publishes all products with their release lines (https://endoflife.date/docs/api/v1/). */
export const endOfLifeUrl = 'https://endoflife.date/api/v1/products/full';

/** Looks at the products of endoflife.date, JSON: at their URL, a file, or a folder that holds it. */
export async function collectEndOfLife(source: Pick<FeedFileSource, 'from' | 'last' | 'http'>): Promise<FeedFile> {
  const limits = { maxBytes: 64 * 1024 * 1024, deadlineMs: 120_000 };
  return await collectFeedFile({ ...source, ...limits }, [/^full(?:\.json)?$/i, /end-?of-?life.*\.json$/i]);
}
