import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { NoticeWish, NoticeWishes } from '#server/schemas/notice-wish.ts';
import { act } from '../../parts/acts.ts';
import { ask, inWords } from '../../parts/api.ts';
import { Answered } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { day } from '../../parts/words.ts';
import styles from './account.module.css';

const meanings: Readonly<Record<string, string>> = {
  incident: 'an incident needs your answer',
  malicious: 'a malicious package is in use',
  exploited: 'something became known to be exploited',
  act: 'something to act on came up',
  escalated: 'something overdue came to you',
  overdue: 'something is overdue',
  'due-soon': 'something is due soon',
  'decision-ended': 'a decision ended',
  'decision-ending': 'a decision ends soon',
  'second-person': 'a decision waits for you to confirm it',
  'owner-question': 'a component may be yours',
  'owner-disclaimed': 'somebody says that a component is not theirs',
  digest: 'what came up in a day and is not urgent',
};

/** What one hears by mail and chat, kind by kind. */
export function Notices({ id }: { readonly id: string }) {
  const wishes = useQuery(ask('/v1/session/notices'));
  const client = useQueryClient();
  const [said, setSaid] = useState('');
  const change = (kind: string, isWanted: boolean) => {
    const body = { who: id, kinds: [kind], channel: null, until: null };
    act(isWanted ? 'subscribe' : 'mute', { body, words: null })
      .then(() => {
        setSaid(isWanted ? 'You are told again.' : 'You are no longer told.');
        return client.invalidateQueries({ queryKey: ['/v1/session/notices'] });
      })
      .catch((error: unknown) => setSaid(inWords(error)));
  };
  return (
    <Panel title="Notices" about="What the office tells you, where it has a channel to do so">
      <Answered query={wishes} what="your notices">
        {(one: NoticeWishes) => (
          <fieldset className={styles['scopes']}>
            <legend>Tell me when</legend>
            {one.kinds.map(({ kind, never }) => (
              <label key={kind} className="line" title={never === null ? undefined : `This is always told: ${never}.`}>
                <input
                  type="checkbox"
                  checked={never !== null || isTold(one.items, id, kind)}
                  disabled={never !== null}
                  onChange={(event) => change(kind, event.target.checked)}
                />
                {meanings[kind] ?? kind}
                {never !== null && <span className="quiet">(always)</span>}
              </label>
            ))}
          </fieldset>
        )}
      </Answered>
      <Others items={wishes.data?.items ?? []} id={id} />
      <p role="status">{said}</p>
    </Panel>
  );
}

function isTold(items: readonly NoticeWish[], id: string, kind: string): boolean {
  return items.findLast((each) => each.who === id && each.teams.length === 0 && each.channel === null && each.kinds.includes(kind))?.isWanted ?? true;
}

/** What is said for one's teams, for one channel alone, for a time, or of further teams. */
function Others({ items, id }: { readonly items: readonly NoticeWish[]; readonly id: string }) {
  const others = items.filter((each) => each.who !== id || each.channel !== null || each.teams.length > 0 || each.until !== null);
  if (others.length === 0) return null;
  return (
    <ul className="quiet">
      {others.map((each) => (
        <li key={each.at + each.who}>
          {each.who === id ? 'You' : each.who.replace(/^team:/, 'Team ')} {each.isWanted ? 'hear of' : 'muted'} {each.kinds.join(', ')}
          {each.teams.length > 0 && ` of ${each.teams.join(', ')}`}
          {each.channel !== null && ` on ${each.channel}`}
          {each.until !== null && ` until ${day(each.until)}`}, said by {each.by.name}
        </li>
      ))}
    </ul>
  );
}
