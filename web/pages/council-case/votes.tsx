import type { CouncilCaseDetail } from '#server/schemas/council.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Panel } from '../../parts/panel.tsx';
import { day } from '../../parts/words.ts';
import styles from './council-case.module.css';

type Entry = CouncilCaseDetail['roll'][number];

const conflicts: Readonly<Record<NonNullable<Entry['conflict']>, string>> = {
  requester: 'asked, so has no vote',
  author: 'made the change, so has no vote',
  'same-team': 'of the same team, so has no vote',
  declared: 'has an interest, so has no vote',
};

const hindrances: Readonly<Record<NonNullable<CouncilCaseDetail['tally']['hindrance']>, string>> = {
  functions: 'Functions are missing, so that it cannot be decided.',
  voters: 'One person decides nothing alone.',
  'no-majority': 'As many say no as yes.',
  legal: 'Legal does not say yes, so that it is not approved.',
  split: 'The fast way needs everybody to agree: send it the full way.',
  'one-alone': 'Only one says yes.',
};

/** Who sat when the roll was taken, what keeps whom out, and what they said. */
export function Votes({ one }: { readonly one: CouncilCaseDetail }) {
  const { tally, route } = one;
  return (
    <Panel
      title="Votes"
      about={`${route.track === 'fast' ? 'Fast way' : 'Full way'}: ${route.because.join(' ')}`}
      footer={<span>{tally.hindrance === null ? 'Decided by the votes below.' : hindrances[tally.hindrance]}</span>}
    >
      <p className={styles['segments']} aria-label={`${one.served} of ${one.needed} functions are there`}>
        {route.functions.map((each) => (
          <span key={each} data-there={!tally.missing.includes(each) || undefined} title={each} />
        ))}
      </p>
      <p className="faint micro">
        {tally.yes} yes, {tally.no} no, {tally.abstain} abstain · needed: {route.functions.join(', ')}
        {tally.missing.length > 0 && ` · missing: ${tally.missing.join(', ')}`}
      </p>
      <ul className={styles['lines']}>
        {one.roll.map((entry) => (
          <li key={`${entry.person.id} ${entry.function}`} className={styles['between']}>
            <span className="stack">
              <span className="name">
                {entry.functionTitle} <span className="quiet">{entry.person.name}</span>
              </span>
              <span className="faint micro">{asideOf(one, entry)}</span>
            </span>
            <Said one={one} entry={entry} />
          </li>
        ))}
        {one.roll.length === 0 && <li className="faint">Nobody had a seat when this case was opened. Give seats, then take the roll anew.</li>}
      </ul>
    </Panel>
  );
}

function asideOf(one: CouncilCaseDetail, entry: Entry): string {
  if (entry.conflict !== null) return conflicts[entry.conflict];
  if (!entry.hasVote) return 'has no seat, or no role that gives a vote, any more';
  if (entry.deputyOf !== null) return `stands in for ${entry.deputyOf.name}`;
  const vote = one.votes.findLast((each) => each.person.id === entry.person.id && each.counts);
  return vote?.reason ?? '';
}

function Said({ one, entry }: { readonly one: CouncilCaseDetail; readonly entry: Entry }) {
  if (entry.says === null) return <span className="faint">{entry.conflict === null && entry.hasVote ? 'waits' : 'out'}</span>;
  const vote = one.votes.findLast((each) => each.person.id === entry.person.id);
  const hasConditions = entry.says === 'yes' && (vote?.conditions.length ?? 0) > 0;
  return (
    <span className="line" data-vote={entry.says}>
      <Glyph kind={entry.says === 'yes' ? (hasConditions ? 'watch' : 'ok') : entry.says === 'no' ? 'critical' : 'unknown'} />
      {entry.says === 'yes' ? (hasConditions ? 'Conditions' : 'Yes') : entry.says === 'no' ? 'No' : 'Abstains'}
      {entry.votedAt !== null && <span className="faint">{day(entry.votedAt)}</span>}
    </span>
  );
}
