import { IconDownload } from '@tabler/icons-react';

const formats = [
  ['html', 'HTML'],
  ['md', 'Markdown'],
  ['json', 'JSON'],
] as const;

type ReportLinksProps = {
  /** What is exported, as its button calls it. */
  readonly title: string;
  readonly addressAs: (format: (typeof formats)[number][0]) => string;
};

/** Links to a report as a document, one for each form in which it is read or kept. */
export function ReportLinks({ title, addressAs }: ReportLinksProps) {
  return (
    <span className="line" role="group" aria-label={title}>
      <span className="quiet">
        <IconDownload size={14} stroke={1.75} aria-hidden="true" /> {title}
      </span>
      {formats.map(([format, word]) => (
        <a key={format} className="button" data-size="small" href={addressAs(format)} download="" aria-label={`${word}: ${title}`}>
          {word}
        </a>
      ))}
    </span>
  );
}
