import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter, useRouterState } from '@tanstack/react-router';
import type { KeyboardEvent } from 'react';
import { Fragment, useDeferredValue, useEffect, useState } from 'react';
import type { SearchResult } from '#server/schemas/search.ts';
import { ask } from '../parts/api.ts';
import { Glyph } from '../parts/glyph.tsx';
import { onSameDay } from '../parts/link.tsx';
import { useNow } from '../parts/now.ts';
import { savedViewHref, useSavedViews } from '../parts/saved-views/use-saved-views.ts';
import { useSearchParams } from '../parts/search-params.ts';
import { count } from '../parts/words.ts';
import { commandsFor, dayIn } from './commands.ts';
import type { CommandContext, PaletteCommand } from './commands.ts';
import { Dialog } from './dialog.tsx';
import styles from './dialog.module.css';
import { menu } from './menu.ts';

type Hit = Omit<SearchResult['groups'][number]['items'][number], 'href'> & { readonly act: PaletteCommand['act'] };
type Group = { readonly kind: string; readonly total: number; readonly items: readonly Hit[] };

const shownViews = 6;

const titles: Readonly<Record<string, string>> = {
  component: 'Components',
  package: 'Packages',
  advisory: 'Advisories',
  team: 'Teams',
  page: 'Pages',
  view: 'Saved views',
  command: 'Commands',
};

/** The one palette: pages, saved views and commands at once, everything else from the server as you type. Arrows choose, Enter opens. */
export function Search({ onClose, onShortcuts }: { readonly onClose: () => void; readonly onShortcuts: () => void }) {
  const router = useRouter();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const q = useDeferredValue(text.trim());
  const query = useQuery({ ...ask('/v1/search', {}, { q }), enabled: q !== '', placeholderData: keepPreviousData });
  const [search] = useSearchParams();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  const context = { path, search, today: useNow().toISOString().slice(0, 10), isDark: colorScheme === 'auto' ? isDark : colorScheme === 'dark' };
  const groups = useGroups(q, query.data, context);
  const hits = groups.flatMap((group) => group.items);
  // What was chosen stays chosen when hits arrive above it.
  const at = Math.max(
    0,
    hits.findIndex((hit) => keyOf(hit) === chosen),
  );
  const isBusy = q !== text.trim() || query.isFetching;
  const open = (hit: Hit | undefined) => {
    if (hit === undefined) return;
    onClose();
    if ('go' in hit.act) router.history.push(hit.act.go);
    else if (hit.act.do === 'shortcuts') onShortcuts();
    else setColorScheme(context.isDark ? 'light' : 'dark');
  };
  useEffect(() => {
    // In braces: newer browsers give a promise here, which React would take for what cleans up.
    document.getElementById(`hit-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const next = hits[(at + step + hits.length) % Math.max(1, hits.length)];
    if (step !== 0 && next !== undefined) setChosen(keyOf(next));
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
        aria-label="Search packages, components, CVEs, teams and commands"
        placeholder="Search packages, components, CVEs, teams, or write a day"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(null);
        }}
        onKeyDown={onKey}
      />
      {query.isError && <p className={styles['note']}>Could not search: {query.error.message}</p>}
      {q !== '' && query.isSuccess && !query.isPlaceholderData && hits.length === 0 && <p className={styles['note']}>Nothing known by “{q}”.</p>}
      <Hits groups={groups} at={at} isBusy={isBusy} onOpen={open} />
    </Dialog>
  );
}

type HitsProps = { readonly groups: readonly Group[]; readonly at: number; readonly isBusy: boolean; readonly onOpen: (hit: Hit) => void };

function keyOf({ act, title }: Hit): string {
  return `${'go' in act ? act.go : act.do} ${title}`;
}

function Hits({ groups, at, isBusy, onOpen }: HitsProps) {
  const order = new Map(groups.flatMap((group) => group.items).map((hit, index) => [hit, index]));
  return (
    <div id="hits" role="listbox" aria-label="Hits" aria-busy={isBusy} className={styles['hits']}>
      {groups.map((group) => (
        <Fragment key={group.kind}>
          <div role="presentation" className={styles['heading']}>
            {titles[group.kind] ?? group.kind}
            {group.total > group.items.length && ` · first ${group.items.length} of ${count(group.total)}`}
          </div>
          {group.items.map((hit) => (
            <div
              key={keyOf(hit)}
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

/** What a text finds, as it is offered: a day that is written comes first, then the estate's own things, then the frame's. All but commands stay on the day shown. */
function useGroups(q: string, found: SearchResult | undefined, context: CommandContext): readonly Group[] {
  const { views } = useSavedViews();
  const { asOf } = context.search;
  const goTo = (href: string) => ({ go: onSameDay(href, asOf) });
  const has = (title: string) => title.toLowerCase().includes(q.toLowerCase());
  const pages = menu
    .filter((entry) => has(entry.title))
    .map((entry) => ({ title: entry.title, detail: `G ${entry.menu.letter.toUpperCase()}`, act: goTo(entry.path), severity: null }));
  const saved = views
    .filter((view) => has(view.name))
    .slice(0, shownViews)
    .map((view) => ({ title: view.name, detail: view.page, act: goTo(savedViewHref(view)), severity: null }));
  const commands = commandsFor(q, context).map((command) => ({ ...command, severity: null }));
  const hits = (q === '' ? [] : (found?.groups ?? [])).map((group) => ({
    ...group,
    items: group.items.map(({ href, ...hit }) => ({ ...hit, act: goTo(href) })),
  }));
  const own = (kind: string, items: readonly Hit[]): Group => ({ kind, total: items.length, items });
  const ofFrame = [own('page', pages), own('view', saved), own('command', commands)];
  return (dayIn(q) === null ? [...hits, ...ofFrame] : [own('command', commands), ...hits]).filter((group) => group.items.length > 0);
}
