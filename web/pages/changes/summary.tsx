import type { ReactNode } from 'react';
import type { ChangeList } from '#server/schemas/changes.ts';
import { Link, componentHref, listHref } from '../../parts/link.tsx';
import { TeamName } from '../../parts/owner-name.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { useSearchParams } from '../../parts/search-params.ts';
import type { Search } from '../../parts/search-params.ts';
import { count, counted } from '../../parts/words.ts';
import { causeWords } from './change-words.ts';
import styles from './changes.module.css';

type Counts = ChangeList['counts']['package'];
type Share = Pick<ChangeList['teams'][number], 'components' | 'packages' | 'findings'>;

/** What a comparison comes to: in figures, by cause, by owner and by component. Each number opens its rows. */
export function Summary({ list }: { readonly list: ChangeList }) {
  const { counts, coverage } = list;
  return (
    <>
      <dl className={styles['figures']}>
        <Figure
          label="Components"
          kind="component"
          counts={counts.component}
          words={[
            ['appeared', 'appeared'],
            ['gone', 'gone'],
          ]}
        />
        <Figure
          label="Packages in components"
          kind="package"
          counts={counts.package}
          words={[
            ['appeared', 'came'],
            ['gone', 'went'],
            ['changed', 'in other versions'],
          ]}
        />
        <Figure
          label="Findings"
          kind="finding"
          counts={counts.finding}
          words={[
            ['appeared', 'opened'],
            ['gone', 'closed'],
          ]}
        />
        <div>
          <dt className="quiet">Observed on both days</dt>
          <dd>
            <b>{count(coverage.compared)}</b> <span className="quiet">{coverage.compared === 1 ? 'component' : 'components'}</span>
          </dd>
          <dd className="faint">
            {coverage.notObserved === 0 ? (
              'none was left out'
            ) : (
              <>
                <Rows search={{ what: 'not-observed' }}>{counted(coverage.notObserved, 'component')}</Rows> not observed on one of them: no change of
                theirs is known
              </>
            )}
            {coverage.inPart > 0 && `, ${count(coverage.inPart)} in part`}
          </dd>
        </div>
      </dl>
      <div className={styles['panels']}>
        <Causes list={list} />
        <Shares
          title="By owner"
          about="Today's owners"
          rows={list.teams.map((row) => ({
            key: row.team ?? '',
            name: <TeamName team={row.team} />,
            scope: row.team === null ? { owner: 'none' } : { team: row.team },
            row,
          }))}
        />
        <Shares
          title="By component"
          about={
            list.changed > list.components.length
              ? `The ${count(list.components.length)} with the most changes of ${count(list.changed)}`
              : counted(list.changed, 'component')
          }
          rows={list.components.map((row) => ({
            key: row.ref,
            name: (
              <Link className="name" href={componentHref(row.ref)}>
                {row.name}
              </Link>
            ),
            scope: { component: row.ref },
            row,
          }))}
        />
      </div>
    </>
  );
}

type FigureProps = {
  readonly label: string;
  readonly kind: 'component' | 'package' | 'finding';
  readonly counts: Counts;
  readonly words: readonly (readonly [what: keyof Counts, word: string])[];
};

function Figure({ label, kind, counts, words }: FigureProps) {
  return (
    <div>
      <dt className="quiet">{label}</dt>
      {words.map(([what, word]) => (
        <dd key={what}>
          <Rows search={{ kind, what }} big value={counts[what]} /> <span className="quiet">{word}</span>
        </dd>
      ))}
    </div>
  );
}

function Causes({ list }: { readonly list: ChangeList }) {
  return (
    <Panel title="Findings by cause" flush>
      {list.causes.length === 0 ? (
        <p className={styles['none']}>No finding opened or closed.</p>
      ) : (
        <table className={table['table']}>
          <caption className="hidden">Findings by cause</caption>
          <thead>
            <tr>
              <th scope="col">Cause</th>
              <th scope="col" className="number">
                Opened
              </th>
              <th scope="col" className="number">
                Closed
              </th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(causeWords).map(([cause, word]) => {
              const of = (what: 'appeared' | 'gone') => list.causes.find((row) => row.cause === cause && row.what === what)?.count ?? 0;
              if (of('appeared') + of('gone') === 0) return null;
              return (
                <tr key={cause}>
                  <th scope="row">{word}</th>
                  {(['appeared', 'gone'] as const).map((what) => (
                    <td key={what} className="number">
                      <Rows search={{ kind: 'finding', what, cause }} value={of(what)} />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

type SharesProps = {
  readonly title: string;
  readonly about: string;
  readonly rows: readonly { readonly key: string; readonly name: ReactNode; readonly scope: Search; readonly row: Share }[];
};

const shareColumns = [
  ['Came', 'packages', 'package', 'appeared'],
  ['Went', 'packages', 'package', 'gone'],
  ['Versions', 'packages', 'package', 'changed'],
  ['Opened', 'findings', 'finding', 'appeared'],
  ['Closed', 'findings', 'finding', 'gone'],
] as const;

function Shares({ title, about, rows }: SharesProps) {
  return (
    <Panel title={title} about={about} flush>
      {rows.length === 0 ? (
        <p className={styles['none']}>Nothing changed.</p>
      ) : (
        <div className={styles['scroll']} tabIndex={0} role="group" aria-label={title}>
          <table className={table['table']}>
            <caption className="hidden">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{title === 'By owner' ? 'Owner' : 'Component'}</th>
                {shareColumns.map(([head]) => (
                  <th key={head} scope="col" className="number">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, name, scope, row }) => (
                <tr key={key}>
                  <th scope="row">{name}</th>
                  {shareColumns.map(([head, part, kind, what]) => (
                    <td key={head} className="number">
                      <Rows search={{ ...scope, kind, what }} value={row[part][what]} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

const kept = ['from', 'to', 'days', 'component', 'team', 'owner'] as const;

/** A number that opens its rows, of the same days and scope; zero is quiet. */
function Rows({
  search,
  value,
  big = false,
  children,
}: {
  readonly search: Search;
  readonly value?: number;
  readonly big?: boolean;
  readonly children?: ReactNode;
}) {
  const [present] = useSearchParams();
  if (value === 0) return <span className={big ? `${styles['big']} faint` : 'faint'}>0</span>;
  const scope = Object.fromEntries(kept.map((word) => [word, present[word]]));
  return (
    <Link className={big ? `${styles['big']} rows` : 'rows'} href={listHref('/changes', { ...scope, ...search })}>
      {value === undefined ? children : count(value)}
    </Link>
  );
}
