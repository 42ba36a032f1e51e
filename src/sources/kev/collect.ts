import { collectFeedFile, type FeedFile, type FeedFileSource } from '../feed-file.ts';

/** Where CISA publishes its catalogue (https://www.cisa.gov/known-exploited-vulnerabilities-catalog). */
export const kevUrl = 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json';

/** Looks at CISA's catalogue of known exploited vulnerabilities, JSON: at its URL, a file, or a folder that holds it. */
export async function collectKev(source: Pick<FeedFileSource, 'from' | 'last' | 'http'>): Promise<FeedFile> {
  const limits = { maxBytes: 64 * 1024 * 1024, deadlineMs: 120_000 };
  return await collectFeedFile({ ...source, ...limits }, [/^known_exploited_vulnerabilities\.json$/i, /kev.*\.json$/i]);
}
