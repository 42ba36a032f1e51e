import type { Severity, SeverityCounts } from '#server/schemas/severity.ts';
import { Link } from './link.tsx';
import styles from './glyph.module.css';
import { count } from './words.ts';

/** What a glyph can say: a severity, or the state of a source or verdict. */
export type GlyphKind = Severity | 'ok' | 'watch' | 'failing';

/** Severities from left to right as the pictures draw them; unknown last on paper, though it sorts above medium. */
export const severitiesShown: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'unknown'];

/** Severities as words for people. */
export const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  unknown: 'Unknown',
};

const toneOf: Readonly<Record<GlyphKind, string>> = {
  critical: 'critical',
  failing: 'critical',
  high: 'high',
  medium: 'medium',
  watch: 'medium',
  low: 'low',
  ok: 'ok',
  unknown: 'unknown',
};

/** A 12 px sign that survives greyscale: filled is worse, outlined better, dashed unknown. Always stands beside a word or a number. */
export function Glyph({ kind }: { readonly kind: GlyphKind }) {
  return (
    <svg className={styles['glyph']} data-tone={toneOf[kind]} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {shapes[toneOf[kind]]}
    </svg>
  );
}

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.3, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

const shapes: Readonly<Record<string, React.ReactNode>> = {
  critical: (
    <>
      <path d="M6 .6 11.4 6 6 11.4.6 6Z" fill="currentColor" />
      <path d="M6 3.6v2.7M6 8.2v.1" stroke="var(--surface)" strokeWidth="1.4" strokeLinecap="round" />
    </>
  ),
  high: <path d="M6 1.2 11.2 10.6H.8Z" fill="currentColor" />,
  medium: (
    <>
      <rect x="1.4" y="1.4" width="9.2" height="9.2" rx="1.6" {...line} />
      <path d="M1.4 6h9.2v3a1.6 1.6 0 0 1-1.6 1.6H3A1.6 1.6 0 0 1 1.4 9Z" fill="currentColor" />
    </>
  ),
  low: <path d="M1.5 2.2h9L6 10Z" {...line} />,
  ok: (
    <>
      <circle cx="6" cy="6" r="5" {...line} />
      <path d="m3.8 6.2 1.5 1.5 2.9-3.2" {...line} />
    </>
  ),
  unknown: (
    <>
      <circle cx="6" cy="6" r="5" {...line} strokeDasharray="1.8 1.8" />
      <path d="M4.8 4.8a1.2 1.2 0 1 1 1.7 1.1c-.4.2-.5.4-.5.8M6 8.4v.1" {...line} strokeWidth="1.1" />
    </>
  ),
};

/** A severity as glyph and word. */
export function SeverityWord({ severity }: { readonly severity: Severity }) {
  return (
    <span className={styles['word']} data-tone={severity}>
      <Glyph kind={severity} />
      {severityWords[severity]}
    </span>
  );
}

export type SeverityNumbersProps = {
  readonly counts: SeverityCounts;
  /** Rows of one severity; without it the numbers are plain text. */
  readonly hrefOf?: (severity: Severity) => string;
  /** Close together, where there is no column to line up. */
  readonly compact?: boolean;
};

/** Numbers by severity in columns of fixed width, so that they line up down a table. Zero is a quiet 0 or nothing; each number opens its rows. */
export function SeverityNumbers({ counts, hrefOf, compact = false }: SeverityNumbersProps) {
  const total = severitiesShown.reduce((sum, severity) => sum + counts[severity], 0);
  if (total === 0) return <span className="faint">0</span>;
  return (
    <span className={styles['numbers']} data-compact={compact || undefined}>
      {severitiesShown
        .filter((severity) => !compact || counts[severity] > 0)
        .map((severity) => (
          <SeverityNumber key={severity} severity={severity} value={counts[severity]} href={hrefOf?.(severity)} />
        ))}
    </span>
  );
}

type SeverityNumberProps = { readonly severity: Severity; readonly value: number; readonly href: string | undefined };

function SeverityNumber({ severity, value, href }: SeverityNumberProps) {
  if (value === 0) return <span className={styles['number']} />;
  const inside = (
    <>
      <Glyph kind={severity} />
      {count(value)}
      <span className="hidden"> {severity}</span>
    </>
  );
  if (href === undefined) {
    return (
      <span className={styles['number']} data-tone={severity}>
        {inside}
      </span>
    );
  }
  return (
    <Link className={styles['number']} data-tone={severity} href={href}>
      {inside}
    </Link>
  );
}

/** One bar split by severity, most severe first, unknown hatched at the end; the numbers beside it say the same in words. */
export function SeverityBar({ counts }: { readonly counts: SeverityCounts }) {
  return (
    <span className={styles['bar']} aria-hidden="true">
      {severitiesShown
        .filter((severity) => counts[severity] > 0)
        .map((severity) => (
          <span key={severity} data-tone={severity} style={{ flexGrow: counts[severity] }} />
        ))}
    </span>
  );
}

/** Sum over all severities. */
export function totalOf(counts: SeverityCounts): number {
  return severitiesShown.reduce((sum, severity) => sum + counts[severity], 0);
}
