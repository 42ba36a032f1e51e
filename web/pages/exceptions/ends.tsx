import { useNow } from '../../parts/now.ts';
import { day, moment, timeLeft } from '../../parts/words.ts';
import styles from './exceptions.module.css';

const soonMs = 14 * 86_400_000;

/** When something ends, and how long until then. */
export function Ends({ until }: { readonly until: string }) {
  const now = useNow();
  const ms = Date.parse(until) - now.getTime();
  const tone = ms > 0 && ms < soonMs ? 'soon' : undefined;
  return (
    <time className={styles['ends']} data-tone={tone} dateTime={until} title={`${moment(until)} UTC`}>
      {day(until)}
      <span className="faint"> {ms > 0 ? `${timeLeft(until, now, true)} left` : 'ended'}</span>
    </time>
  );
}
