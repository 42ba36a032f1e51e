import { Popover } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from './search-params.ts';

type Named = { readonly id: string; readonly head: string };

/** The columns that a search word names, in the order of the table; the first one always, and all when it names none. */
export function columnsShown<Column extends Named>(columns: readonly Column[], word: string | undefined): readonly Column[] {
  if (word === undefined) return columns;
  const wanted = new Set(word.split(','));
  return columns.filter((column, at) => at === 0 || wanted.has(column.id));
}

/** A menu of the columns to show, kept in the address. Names there that are no column are said. */
export function ColumnChoice({ columns, word }: { readonly columns: readonly Named[]; readonly word: string }) {
  const [search, change] = useSearchParams();
  const [opened, setOpened] = useState(false);
  const optional = columns.slice(1);
  const shown = new Set(columnsShown(columns, search[word]).map((column) => column.id));
  const unknown = (search[word]?.split(',') ?? []).filter((id) => id !== 'none' && columns.every((column) => column.id !== id));
  const show = (ids: readonly string[]) => change({ [word]: ids.length === optional.length ? undefined : ids.join(',') || 'none' }, 'replace');
  return (
    <>
      {unknown.length > 0 && <span role="alert">No such column: {unknown.join(', ')}</span>}
      <Popover opened={opened} onChange={setOpened} position="top-end" shadow="none" trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className="button" data-size="small" aria-expanded={opened} onClick={() => setOpened(!opened)}>
            <IconColumns3 size={14} stroke={1.75} aria-hidden="true" /> Columns
            {shown.size < columns.length && ` ${shown.size} of ${columns.length}`}
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Columns to show">
          <div className="stack">
            {optional.map(({ id, head }) => (
              <label key={id} className="check">
                <input
                  type="checkbox"
                  checked={shown.has(id)}
                  onChange={(event) =>
                    show(optional.filter((each) => (each.id === id ? event.target.checked : shown.has(each.id))).map((each) => each.id))
                  }
                />
                {head}
              </label>
            ))}
            <button
              type="button"
              className="button"
              data-size="small"
              disabled={search[word] === undefined}
              onClick={() => change({ [word]: undefined })}
            >
              All columns
            </button>
          </div>
        </Popover.Dropdown>
      </Popover>
    </>
  );
}
