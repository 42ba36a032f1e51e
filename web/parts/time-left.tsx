import type { Finding } from '#server/schemas/finding.ts';
import { Unknown } from './certainty.tsx';
import { useNow } from './now.ts';
import styles from './time-left.module.css';
import { day, moment, timeLeft } from './words.ts';

const dayMs = 86_400_000;

type TimeLeftProps = { readonly finding: Pick<Finding, 'due' | 'clock' | 'planned'>; readonly brief?: boolean };

/** How long until a finding is due, or why no time runs for it. */
export function TimeLeft({ finding, brief = false }: TimeLeftProps) {
  const now = useNow();
  const { due, clock } = finding;
  if (due === null && finding.planned !== null) return <Planned day={finding.planned} />;
  if (due === null) return <NoClock clock={clock} />;
  const ms = Date.parse(due) - now.getTime();
  const tone = ms <= 0 ? 'over' : ms < 2 * dayMs ? 'soon' : undefined;
  return (
    <time className={styles['left']} data-tone={tone} dateTime={due} title={`due ${moment(due)} UTC`}>
      {timeLeft(due, now, brief)}
      <span className="hidden">{ms <= 0 ? ' overdue' : ' left'}</span>
    </time>
  );
}

const clockWords: Readonly<Record<NonNullable<Finding['clock']>, readonly [word: string, why: string]>> = {
  running: ['no due day', 'Its clock runs, but nothing says until when'],
  paused: ['paused', 'Its clock is held'],
  settled: ['settled', 'A decision says that nothing is to be done'],
  baseline: ['planned', 'There at the first look, so it is planned'],
  question: ['owner?', 'Its owner is only guessed: no clock before somebody confirms it'],
  elsewhere: ['elsewhere', 'Another system keeps its clock'],
  none: ['no clock', 'The policy gives it none'],
};

function Planned({ day: planned }: { readonly day: string }) {
  return (
    <span className="faint" title={`${clockWords.baseline[1]} by ${day(planned)}`}>
      planned
    </span>
  );
}

function NoClock({ clock }: Pick<Finding, 'clock'>) {
  if (clock === null) return <span className="faint">over</span>;
  const [word, why] = clockWords[clock];
  if (clock === 'question') return <Unknown why={why}>{word}</Unknown>;
  return (
    <span className="faint" title={why}>
      {word}
    </span>
  );
}

/** Why no time runs, in a sentence; the due day where it does. */
export function clockSentence(finding: Pick<Finding, 'due' | 'clock' | 'opened' | 'planned'>): string {
  if (finding.due !== null) return `due ${day(finding.due)}, from ${day(finding.opened)}`;
  if (finding.planned !== null) return `by ${day(finding.planned)}, there at the first look`;
  return finding.clock === null ? 'it is over' : clockWords[finding.clock][1];
}
