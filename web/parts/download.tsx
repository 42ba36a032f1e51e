import { IconDownload } from '@tabler/icons-react';

type DownloadProps = {
  /** Name of the file, without its ending. */
  readonly what: string;
  readonly addressAs: (format: 'csv' | 'jsonl') => string;
};

/** Links to exactly the filtered rows, all of them, as a file: CSV, and JSON with one object a line. */
export function Download({ what, addressAs }: DownloadProps) {
  return (
    <span className="line" role="group" aria-label="Export the rows">
      <a className="button" data-size="small" data-export="csv" href={addressAs('csv')} download={`${what}.csv`}>
        <IconDownload size={14} stroke={1.75} aria-hidden="true" /> CSV
      </a>
      <a className="button" data-size="small" data-export="jsonl" href={addressAs('jsonl')} download={`${what}.jsonl`} title="One JSON object a line">
        <IconDownload size={14} stroke={1.75} aria-hidden="true" /> JSON
      </a>
    </span>
  );
}
