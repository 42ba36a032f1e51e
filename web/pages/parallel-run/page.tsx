import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { Comparison } from '#server/schemas/imported-decision.ts';
import { ask, inWords, sendFile } from '../../parts/api.ts';
import { textOf } from '../../parts/form-text.ts';
import { Link, componentHref, findingHref } from '../../parts/link.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { useSearchParams } from '../../parts/search-params.ts';
import { count } from '../../parts/words.ts';
import { ReadProblems } from '../../parts/read-problems.tsx';
import styles from '../../parts/imported.module.css';

/** Another tool beside this one: what both find in a component, what only they do and why, what only we do. */
export function Page() {
  const [{ component }, change] = useSearchParams();
  const [compared, setCompared] = useState<Comparison | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const components = useQuery(ask('/v1/components', {}, { q: component, limit: '20' }));
  const compare = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const file = said.get('file');
    const ref = textOf(said, 'component');
    if (!(file instanceof File)) return;
    setFailure(null);
    setCompared(null);
    change({ component: ref }, 'replace');
    sendFile(`/v1/components/${encodeURIComponent(ref)}/comparison`, file)
      .then((answer) => setCompared(answer as Comparison))
      .catch((error: unknown) => setFailure(inWords(error)));
  };
  return (
    <div className={`page ${styles['panels'] ?? ''}`}>
      <PageHead title="Parallel run" about="What another tool finds in a component beside what is open here. The file is compared and not kept." />
      <Panel title="Compare" about="Findings of Dependency-Track, CycloneDX with vulnerabilities" flush>
        <form className={styles['form']} onSubmit={compare}>
          <label>
            Component
            <input
              className="field mono"
              name="component"
              required
              defaultValue={component ?? ''}
              list="components-to-compare"
              placeholder="component:…"
            />
            <datalist id="components-to-compare">
              {(components.data?.items ?? []).map(({ ref }) => (
                <option key={ref} value={ref} />
              ))}
            </datalist>
          </label>
          <label>
            Findings of the other tool
            <input className="field" type="file" name="file" required />
          </label>
          <button type="submit" className="button">
            Compare
          </button>
          {failure !== null && <p role="alert">{failure}</p>}
        </form>
      </Panel>
      {compared !== null && <Compared compared={compared} />}
    </div>
  );
}

const seenWords: Readonly<Record<Comparison['rows'][number]['seenBy'], string>> = { both: 'Both', 'only-them': 'Only they', 'only-us': 'Only we' };
const becauseWords: Readonly<Record<NonNullable<Comparison['rows'][number]['because']>, string>> = {
  'not-in-inventory': 'no inventory here shows the package',
  'no-advisory': 'no advisory here bears the id',
  'version-not-affected': 'the version in use is outside the range',
};

function Compared({ compared }: { readonly compared: Comparison }) {
  const counts = [
    ['Both', compared.both],
    ['Only they', compared.onlyThem],
    ['Only we', compared.onlyUs],
  ] as const;
  return (
    <Panel title="What each finds" about={<Link href={componentHref(compared.component)}>{compared.component}</Link>} flush>
      <dl className={styles['counts']}>
        {counts.map(([label, number]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{count(number)}</dd>
          </div>
        ))}
      </dl>
      {compared.problems.length > 0 && <ReadProblems problems={compared.problems} />}
      <div className={styles['wide']} tabIndex={0} role="region" aria-label="Findings of both tools">
        <table className={table['table']}>
          <caption className="hidden">Findings of both tools</caption>
          <thead>
            <tr>
              {['Found by', 'Vulnerability', 'Package', 'Versions', 'Why only they'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {compared.rows.map((row) => (
              <tr key={`${row.package} ${row.ids.join()} ${row.seenBy}`}>
                <th scope="row">{seenWords[row.seenBy]}</th>
                <td>{row.finding === null ? row.ids[0] : <Link href={findingHref(row.finding)}>{row.ids[0]}</Link>}</td>
                <td>
                  <code>{row.package}</code>
                </td>
                <td>{row.versions.join(', ')}</td>
                <td>{row.because === null ? <span className="faint">–</span> : becauseWords[row.because]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
