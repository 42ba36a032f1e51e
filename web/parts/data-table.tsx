import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { addressOf, ask } from './api.ts';
import { ColumnChoice, columnsShown } from './column-choice.tsx';
import type { ReadPath, Reply } from './api.ts';
import styles from './data-table.module.css';
import { Download } from './download.tsx';
import { KeyHints } from './key-hints.tsx';
import { focusRow, useKeys } from './keys.ts';
import { Answered } from './page-state.tsx';
import { useSearchParams } from './search-params.ts';
import type { Search } from './search-params.ts';
import { count } from './words.ts';

/** Paths that answer lists. */
type ListPath = {
  [Path in ReadPath]: Reply<Path> extends { readonly items: readonly unknown[]; readonly next: string | null } ? Path : never;
}[ReadPath];
type ItemOf<Path extends ListPath> = Reply<Path> extends { readonly items: readonly (infer Item)[] } ? Item : never;

/** One column. The first of a table holds the row's link: give it `data-row-link`, so that J and K find it. */
export type Column<Item> = {
  readonly id: string;
  readonly head: string;
  /** Name the API sorts this column by; absent when it does not. */
  readonly sort?: string;
  readonly align?: 'right';
  readonly cell: (item: Item) => ReactNode;
};

export type DataTableProps<Path extends ListPath> = {
  readonly path: Path;
  readonly params?: Readonly<Record<string, string>>;
  /** Filters, as the API names them. */
  readonly filters: Search;
  readonly columns: readonly Column<ItemOf<Path>>[];
  readonly keyOf: (item: ItemOf<Path>) => string;
  /** What the rows are, in the plural, for messages and the caption. */
  readonly what: string;
  readonly empty: ReactNode;
  /** Order when none is chosen; the same as the API's own. */
  readonly order: string;
  /** Name of the search word that keeps the order, where a page has two tables. */
  readonly orderWord?: string;
  readonly limit?: number;
  /** Asked again so often, for lists that change while somebody looks at them. */
  readonly againMs?: number;
  /** Name of the search word that keeps which columns are shown; absent where they cannot be chosen. */
  readonly columnsWord?: string;
};

/** A list of the API as a table: sorted, filtered and paged by the server, with a download of exactly the filtered rows. */
export function DataTable<Path extends ListPath>(props: DataTableProps<Path>) {
  const { path, params = {}, filters, order, orderWord = 'sort', limit = 50, columnsWord } = props;
  const [search, change] = useSearchParams();
  const sort = search[orderWord] ?? order;
  const columns = columnsWord === undefined ? props.columns : columnsShown(props.columns, search[columnsWord]);
  const asked = { ...filters, sort, limit: String(limit) };
  const pages = usePages(JSON.stringify([path, params, asked]));
  const query = useQuery({
    ...ask<ListPath>(path, params, { ...asked, cursor: pages.cursor }),
    placeholderData: keepPreviousData,
    refetchInterval: props.againMs ?? false,
  });
  const body = useRef<HTMLDivElement>(null);
  useKeys({ j: () => focusRow(body.current, 1), k: () => focusRow(body.current, -1) });
  return (
    <div ref={body}>
      <Answered query={query} what={props.what}>
        {(page) => (
          <>
            <Rows<ItemOf<Path>>
              {...props}
              columns={columns}
              // What `path` answers: the compiler loses the tie between the two inside a generic component.
              items={page.items as unknown as readonly ItemOf<Path>[]}
              sort={sort}
              onSort={(next) => change({ [orderWord]: next === order ? undefined : next })}
              updating={query.isPlaceholderData}
            />
            <footer className={styles['foot']}>
              <span aria-live="polite">{spanOf(pages.number * limit, page.items.length, page.total)}</span>
              <Pager pages={pages} next={page.next} />
              <span className={styles['end']}>
                <KeyHints
                  hints={[
                    [['J', 'K'], 'move'],
                    [['Enter'], 'open'],
                  ]}
                />
                {columnsWord !== undefined && <ColumnChoice columns={props.columns} word={columnsWord} />}
                <Download what={props.what} addressAs={(format) => addressOf(path, params, { ...filters, sort, format })} />
              </span>
            </footer>
          </>
        )}
      </Answered>
    </div>
  );
}

type RowsProps<Item> = {
  readonly items: readonly Item[];
  readonly columns: readonly Column<Item>[];
  readonly keyOf: (item: Item) => string;
  readonly what: string;
  readonly empty: ReactNode;
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  readonly updating: boolean;
};

function Rows<Item>({ items, columns, keyOf, what, empty, sort, onSort, updating }: RowsProps<Item>) {
  if (items.length === 0) return <>{empty}</>;
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']} aria-busy={updating}>
        <caption className="hidden">{what}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={keyOf(item)}>
              {columns.map((column) => (
                <td key={column.id} className={column.align === 'right' ? 'number' : undefined}>
                  {column.cell(item)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type HeadProps = { readonly column: Pick<Column<never>, 'head' | 'sort' | 'align'>; readonly sort: string; readonly onSort: (sort: string) => void };

function Head({ column, sort, onSort }: HeadProps) {
  const align = column.align === 'right' ? 'number' : undefined;
  if (column.sort === undefined) {
    return (
      <th scope="col" className={align}>
        {column.head}
      </th>
    );
  }
  const up = sort === column.sort;
  const down = sort === `-${column.sort}`;
  return (
    <th scope="col" className={align} aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}>
      <button
        type="button"
        onClick={() => onSort(up ? `-${column.sort}` : down ? (column.sort ?? '') : `-${column.sort}`)}
        data-on={up || down || undefined}
      >
        {column.head}
        {up && <IconArrowUp size={12} aria-hidden="true" />}
        {down && <IconArrowDown size={12} aria-hidden="true" />}
      </button>
    </th>
  );
}

type Pages = { readonly number: number; readonly cursor: string | undefined; forward(cursor: string): void; back(): void };

/** Which page of a question is shown; another question begins at its first page again. */
function usePages(question: string): Pages {
  const [state, setState] = useState<{ readonly question: string; readonly cursors: readonly string[] }>({ question, cursors: [] });
  const cursors = state.question === question ? state.cursors : [];
  return {
    number: cursors.length,
    cursor: cursors.at(-1),
    forward: (cursor) => setState({ question, cursors: [...cursors, cursor] }),
    back: () => setState({ question, cursors: cursors.slice(0, -1) }),
  };
}

function Pager({ pages, next }: { readonly pages: Pages; readonly next: string | null }) {
  if (pages.number === 0 && next === null) return null;
  return (
    <span className="line">
      <button type="button" className="button" data-size="small" disabled={pages.number === 0} onClick={pages.back}>
        Previous
      </button>
      <button type="button" className="button" data-size="small" disabled={next === null} onClick={() => next !== null && pages.forward(next)}>
        Next
      </button>
    </span>
  );
}

function spanOf(before: number, shown: number, total: number): string {
  return shown === 0 ? `0 of ${count(total)}` : `${count(before + 1)}–${count(before + shown)} of ${count(total)}`;
}
