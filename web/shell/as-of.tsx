import { Popover } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import type { EstateStatus } from '#server/schemas/overview.ts';
import { useKeys } from '../parts/keys.ts';
import { useNow } from '../parts/now.ts';
import { useSearchParams } from '../parts/search-params.ts';
import { day } from '../parts/words.ts';
import styles from './top-bar.module.css';

const weekMs = 7 * 24 * 3_600_000;

/** The day that is asked about: now, or any since the first observation. `[` and `]` move it by a week. */
export function AsOf({ estate }: { readonly estate: EstateStatus | undefined }) {
  const now = useNow();
  const [search, change] = useSearchParams();
  const [opened, setOpened] = useState(false);
  const asOf = search['asOf'];
  const today = now.toISOString().slice(0, 10);
  const show = (date: string | undefined) => change({ asOf: date === undefined || date === '' || date >= today ? undefined : date });
  const move = (ms: number) => show(new Date(Date.parse(asOf ?? today) + ms).toISOString().slice(0, 10));
  useKeys({ '[': () => move(-weekMs), ']': () => move(weekMs) });
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="none" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={styles['pill']} aria-expanded={opened} onClick={() => setOpened(!opened)}>
          <IconClock size={15} stroke={1.75} aria-hidden="true" />
          {asOf === undefined ? `Now · ${day(today)}` : day(asOf)}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Day to show">
        <div className="stack">
          <label className="quiet" htmlFor="as-of">
            Show everything as it was at the end of
          </label>
          <span className="line">
            <input
              id="as-of"
              className="field"
              type="date"
              min={estate?.firstDay ?? undefined}
              max={today}
              value={asOf ?? today}
              onChange={(event) => show(event.target.value)}
            />
            <button type="button" className="button" disabled={asOf === undefined} onClick={() => show(undefined)}>
              Now
            </button>
          </span>
          <span className="faint micro">UTC day, as known now. Sources and receipts always show now, and say so.</span>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
