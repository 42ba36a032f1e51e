/** One line of a bucket's `modified_id.csv`. `at` is the time in a form that sorts as text. */
export type ModifiedRecord = { readonly id: string; readonly at: string };

/** Ids that may become a file name or a part of a URL. */
const safeId = /^[A-Za-z0-9][A-Za-z0-9._:+-]{0,199}$/;
const time = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/;

/** The lines `timestamp,ID` of a bucket's `modified_id.csv`, newest first, and how many lines are neither. */
export function readModifiedList(text: string): { readonly records: readonly ModifiedRecord[]; readonly odd: number } {
  const records: ModifiedRecord[] = [];
  let odd = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const [stamp = '', id = ''] = line.trim().split(',', 2);
    const [, seconds, fraction = ''] = time.exec(stamp) ?? [];
    // The bucket's own list, of all ecosystems, writes `Ecosystem/ID`.
    const last = id.slice(id.lastIndexOf('/') + 1);
    if (seconds === undefined || !safeId.test(last)) odd += 1;
    else records.push({ id: last, at: `${seconds}.${fraction.padEnd(9, '0')}` });
  }
  return { records: records.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1)), odd };
}
