import { collectFeedFile, type FeedFile, type FeedFileSource } from '../feed-file.ts';

/** Where FIRST's daily file of today lies (https://www.first.org/epss/data_stats). */
export const epssUrl = 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz';

/** Looks at FIRST's EPSS scores, CSV or its gzip: at a URL, a file, or a folder of which the file with the latest name is taken. */
export async function collectEpss(source: Pick<FeedFileSource, 'from' | 'last' | 'http'>): Promise<FeedFile> {
  const limits = { maxBytes: 128 * 1024 * 1024, deadlineMs: 300_000 };
  return await collectFeedFile({ ...source, ...limits }, [/^epss_scores-.*\.csv(?:\.gz)?$/i, /epss.*\.csv(?:\.gz)?$/i]);
}
