import { Popover } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { useState } from 'react';
import type { SavedView, SavedViewContent } from '#server/schemas/saved-view.ts';
import { inWords } from '../api.ts';
import { useSearchParams } from '../search-params.ts';
import { NewView } from './new-view.tsx';
import styles from './saved-views.module.css';
import { contentOf, isSameSearch, searchToKeep, useSavedViews } from './use-saved-views.ts';
import { ViewLine } from './view-line.tsx';

/** The named lists of a page, with what can be done to them: open, save the present list, rename, share, delete. */
export function SavedViews({ page }: { readonly page: SavedViewContent['page'] }) {
  const [search] = useSearchParams();
  const [opened, setOpened] = useState(false);
  const { query, views, add, replace, remove } = useSavedViews();
  const present = searchToKeep(search);
  const here = views.filter((view) => view.page === page);
  const current = here.find((view) => view.id === search['view']) ?? here.find((view) => isSameSearch(view.search, present));
  const isChanged = current !== undefined && !isSameSearch(current.search, present);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="none" width={360} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="button" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          <IconBookmark size={15} stroke={1.75} aria-hidden="true" />
          <span className={styles['button']}>{current?.name ?? 'Views'}</span>
          {isChanged && <span className="badge">changed</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Saved views">
        <div className={styles['card']}>
          {query.isError && <p role="alert">Could not load the saved views: {query.error.message}</p>}
          {current !== undefined && isChanged && <Update view={current} present={present} onUpdate={replace} />}
          <Section
            title="Of the office"
            views={here.filter((view) => view.scope === 'office')}
            current={current}
            onChange={replace}
            onDelete={remove}
            onOpen={() => setOpened(false)}
          />
          <Section
            title="Only for me"
            views={here.filter((view) => view.scope === 'own')}
            current={current}
            onChange={replace}
            onDelete={remove}
            onOpen={() => setOpened(false)}
          />
          <NewView onAdd={(content) => add({ ...content, page, search: present })} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

type Replace = (view: SavedView, content: SavedViewContent) => Promise<void>;

function Update({ view, present, onUpdate }: { readonly view: SavedView; readonly present: string; readonly onUpdate: Replace }) {
  const [failure, setFailure] = useState<string | null>(null);
  const update = () => void onUpdate(view, { ...contentOf(view), search: present }).catch((error: unknown) => setFailure(inWords(error)));
  return (
    <div className="stack">
      <button type="button" className="button" onClick={update}>
        Keep the present list as “{view.name}”
      </button>
      {failure !== null && <p role="alert">{failure}</p>}
    </div>
  );
}

type SectionProps = {
  readonly title: string;
  readonly views: readonly SavedView[];
  readonly current: SavedView | undefined;
  readonly onChange: Replace;
  readonly onDelete: (view: SavedView) => Promise<void>;
  readonly onOpen: () => void;
};

function Section({ title, views, current, ...acts }: SectionProps) {
  if (views.length === 0) return null;
  return (
    <section>
      <h2 className={styles['heading']}>{title}</h2>
      <ul>
        {views.map((view) => (
          <ViewLine key={`${view.id} ${view.etag}`} view={view} current={view.id === current?.id} {...acts} />
        ))}
      </ul>
    </section>
  );
}
