import { useQuery } from '@tanstack/react-query';
import { formatKinds, type FormatKind } from '#model/format.ts';
import type { FileFormat } from '#server/schemas/format.ts';
import { ask } from '../../parts/api.ts';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Facet, QueryBar } from '../../parts/filters.tsx';
import { ListPage } from '../../parts/list-page.tsx';
import { Answered } from '../../parts/page-state.tsx';
import table from '../../parts/plain-table.module.css';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, counted } from '../../parts/words.ts';
import styles from './formats.module.css';

const kinds = Object.entries(formatKinds) as readonly (readonly [FormatKind, string])[];

/** Every kind of file that this build reads: what it takes from it, and what it cannot see there. */
export function Page() {
  const [search] = useSearchParams();
  const query = useQuery(ask('/v1/formats'));
  const all = query.data?.items ?? [];
  const words = (search['q'] ?? '').toLowerCase().split(/\s+/);
  const found = all.filter((each) => words.every((word) => textOf(each).includes(word)));
  const shown = found.filter(({ kind }) => search['kind'] === undefined || kind === search['kind']);
  return (
    <ListPage
      title="Formats"
      facets={
        <Facet
          title="Kind"
          words={['kind']}
          values={kinds.map(([kind, label]) => ({ sets: { kind }, label, count: found.filter((each) => each.kind === kind).length }))}
        />
      }
      bar={<QueryBar words={{ kind: 'kind' }} placeholder="Filter formats by name, ecosystem or words" others={[]} />}
      line={
        query.data !== undefined && (
          <span>
            <b>{count(shown.length)}</b> of {counted(all.length, 'format')} that this build reads
          </span>
        )
      }
    >
      <Answered query={query} what="formats" rows={12}>
        {() =>
          shown.length === 0 ? (
            <EmptyList title="No format matches.">
              A file that no format knows is named with the problems of its source, never passed over in silence.
            </EmptyList>
          ) : (
            kinds.map(([kind, title]) => <Kind key={kind} title={title} formats={shown.filter((each) => each.kind === kind)} />)
          )
        }
      </Answered>
    </ListPage>
  );
}

function textOf({ id, title, ecosystems, reads, cannotSee }: FileFormat): string {
  return [id, title, ...ecosystems, reads, cannotSee].join(' ').toLowerCase();
}

function Kind({ title, formats }: { readonly title: string; readonly formats: readonly FileFormat[] }) {
  if (formats.length === 0) return null;
  return (
    <section className={styles['kind']}>
      <h2>{title}</h2>
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">Format</th>
            <th scope="col">Ecosystems</th>
            <th scope="col">Reads</th>
            <th scope="col">Cannot see</th>
          </tr>
        </thead>
        <tbody>
          {formats.map((each) => (
            <tr key={each.id}>
              <th scope="row">
                <a className="link" href={each.spec} rel="noreferrer noopener" target="_blank" title="The specification, elsewhere">
                  {each.title}
                </a>
                <div className="faint micro">
                  <code>{each.id}</code> version {each.version}
                </div>
              </th>
              <td className="quiet">
                {each.ecosystems.length === 0 ? <span className="faint">any, or none of OSV</span> : each.ecosystems.join(', ')}
              </td>
              <td>{each.reads}</td>
              <td className="quiet">{each.cannotSee}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
