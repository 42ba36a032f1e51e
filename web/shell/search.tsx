import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { KeyboardEvent } from 'react';
import { Fragment, useDeferredValue, useState } from 'react';
import type { SearchResult } from '#server/schemas/search.ts';
import { ask } from '../parts/api.ts';
import { Glyph } from '../parts/glyph.tsx';
import { count } from '../parts/words.ts';
import { Dialog } from './dialog.tsx';
import styles from './dialog.module.css';
import { menu } from './menu.ts';

type Hit = SearchResult['groups'][number]['items'][number];
type Group = { readonly kind: string; readonly total: number; readonly items: readonly Hit[] };

const titles: Readonly<Record<string, string>> = {
  component: 'Components',
  package: 'Packages',
  advisory: 'Advisories',
  team: 'Teams',
  page: 'Pages',
};

/** Command search: pages at once, everything else from the server as you type. Arrows choose, Enter opens. */
export function Search({ onClose }: { readonly onClose: () => void }) {
  const router = useRouter();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const q = useDeferredValue(text.trim());
  const query = useQuery({ ...ask('/v1/search', {}, { q }), enabled: q !== '', placeholderData: keepPreviousData });
  const groups: readonly Group[] = [...(q === '' ? [] : (query.data?.groups ?? [])), pagesFor(q)].filter((group) => group.items.length > 0);
  const hits = groups.flatMap((group) => group.items);
  const at = Math.min(chosen, Math.max(0, hits.length - 1));
  const open = (hit: Hit | undefined) => {
    if (hit === undefined) return;
    onClose();
    router.history.push(hit.href);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setChosen((at + step + hits.length) % Math.max(1, hits.length));
    if (event.key === 'Enter') open(hits[at]);
    if (step !== 0 || event.key === 'Enter') event.preventDefault();
  };
  return (
    <Dialog label="Search" onClose={onClose}>
      <input
        className={styles['field']}
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="hits"
        aria-activedescendant={hits.length > 0 ? `hit-${at}` : undefined}
        aria-label="Search packages, components, CVEs and teams"
        placeholder="Search packages, components, CVEs, teams"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKey}
      />
      {query.isError && <p className={styles['note']}>Could not search: {query.error.message}</p>}
      {q !== '' && query.isSuccess && !query.isPlaceholderData && hits.length === 0 && <p className={styles['note']}>Nothing known by “{q}”.</p>}
      <Hits groups={groups} at={at} onOpen={open} />
    </Dialog>
  );
}

type HitsProps = { readonly groups: readonly Group[]; readonly at: number; readonly onOpen: (hit: Hit) => void };

function Hits({ groups, at, onOpen }: HitsProps) {
  const order = new Map(groups.flatMap((group) => group.items).map((hit, index) => [hit, index]));
  return (
    <div id="hits" role="listbox" aria-label="Hits" className={styles['hits']}>
      {groups.map((group) => (
        <Fragment key={group.kind}>
          <div role="presentation" className={styles['heading']}>
            {titles[group.kind] ?? group.kind}
            {group.total > group.items.length && ` · first ${group.items.length} of ${count(group.total)}`}
          </div>
          {group.items.map((hit) => (
            <div
              key={hit.href + hit.title}
              id={`hit-${order.get(hit)}`}
              role="option"
              aria-selected={order.get(hit) === at}
              className={styles['hit']}
              onClick={() => onOpen(hit)}
            >
              {hit.severity !== null && <Glyph kind={hit.severity} />}
              <span className="name">{hit.title}</span>
              <span className="faint clip micro">{hit.detail}</span>
            </div>
          ))}
        </Fragment>
      ))}
    </div>
  );
}

function pagesFor(q: string): Group {
  const items = menu
    .filter((entry) => entry.title.toLowerCase().includes(q.toLowerCase()))
    .map((entry) => ({ title: entry.title, detail: `G ${entry.menu.letter.toUpperCase()}`, href: entry.path, severity: null }));
  return { kind: 'page', total: items.length, items };
}
