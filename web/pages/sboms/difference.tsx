import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { ComponentSboms, SbomDifference } from '#server/schemas/sbom-quality.ts';
import { ask } from '../../parts/api.ts';
import { Answered } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, counted, moment } from '../../parts/words.ts';
import styles from './sboms.module.css';

type Choice = { readonly value: string; readonly label: string; readonly receipt: string; readonly path: string };

type Row = { readonly what: string; readonly of: string; readonly field: string; readonly before: string | null; readonly after: string | null };

const shown = 200;

/** What changed between any two SBOMs that the component had: the last two unless others are chosen. */
export function Difference({ component, sboms }: { readonly component: string; readonly sboms: ComponentSboms['items'] }) {
  const [search, change] = useSearchParams();
  const choices = sboms
    .flatMap(({ path, past }) =>
      past.map((each): Choice & { readonly at: string } => ({ ...choiceOf(path, each.receipt, each.validAt), at: each.validAt })),
    )
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  const after = choices.find(({ value }) => value === search['after']) ?? choices.at(-1);
  const before = choices.find(({ value }) => value === search['before']) ?? choices.at(-2);
  if (before === undefined || after === undefined) return null;
  return (
    <Panel title="Difference" about="what changed from one SBOM to another" flush>
      <div className={styles['choice']}>
        <Select label="From" value={before.value} choices={choices} onChange={(value) => change({ before: value })} />
        <Select label="To" value={after.value} choices={choices} onChange={(value) => change({ after: value })} />
      </div>
      <Changes component={component} before={before} after={after} />
    </Panel>
  );
}

function choiceOf(path: string, receipt: string, at: string): Choice {
  return { value: `${receipt} ${path}`, label: `${path}, ${moment(at)}`, receipt, path };
}

type SelectProps = {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
};

function Select({ label, value, choices, onChange }: SelectProps) {
  const id = useId();
  return (
    <span className="stack">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="field" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {choices.map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </select>
    </span>
  );
}

function Changes({ component, before, after }: { readonly component: string; readonly before: Choice; readonly after: Choice }) {
  const query = useQuery(
    ask(
      '/v1/components/:ref/sbom-diff',
      { ref: component },
      { before: before.receipt, after: after.receipt, beforePath: before.path, afterPath: after.path },
    ),
  );
  return (
    <Answered query={query} what="the difference" rows={3}>
      {(diff) => <Rows diff={diff} />}
    </Answered>
  );
}

function Rows({ diff }: { readonly diff: SbomDifference }) {
  const { document, components, edges, same, total } = diff;
  const rows: readonly Row[] = [
    ...document.map((each) => ({ what: 'document', of: '', ...each })),
    ...components.flatMap(({ kind, name, version, fields }): readonly Row[] =>
      kind === 'changed' ? fields.map((each) => ({ what: kind, of: name, ...each })) : [{ what: kind, of: name, field: 'version', ...version }],
    ),
    ...edges.map(({ kind, from, to }) => ({
      what: `edge ${kind}`,
      of: from,
      field: 'uses',
      before: kind === 'removed' ? to : null,
      after: kind === 'added' ? to : null,
    })),
  ];
  return (
    <>
      <p className={styles['choice']}>
        {counted(total.components, 'component')} and {counted(total.edges, 'edge')} changed, {counted(same, 'component')} the same
        {rows.length > shown && `; the first ${count(shown)} rows are shown`}
      </p>
      {rows.length > 0 && (
        <div className={styles['wide']}>
          <table className={table['table']}>
            <caption className="hidden">Difference</caption>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Of</th>
                <th scope="col">Field</th>
                <th scope="col">Before</th>
                <th scope="col">After</th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, shown).map(({ what, of, field, before, after }, at) => (
                <tr key={`${String(at)} ${of} ${field}`}>
                  <th scope="row">{what}</th>
                  <td className={styles['misses']}>{of}</td>
                  <td>{field}</td>
                  <td className={styles['misses']}>{before ?? '–'}</td>
                  <td className={styles['misses']}>{after ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
