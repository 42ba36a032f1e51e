import type { Conflict } from '#server/schemas/sbom-quality.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { Link } from '../../parts/link.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import styles from './sboms.module.css';

const weights = [
  [undefined, 'to be looked at'],
  ['serious', 'serious'],
  ['doubtful', 'doubtful'],
  ['expected', 'expected'],
  ['all', 'all'],
] as const;
const tones = { serious: 'critical', doubtful: 'medium', expected: undefined } as const;
const kindWords = { hash: 'other bytes', version: 'version', missing: 'not in all', licence: 'licence', scope: 'scope' } as const;

/** Where the lockfiles, manifests, SBOMs and images of a component disagree, and why that may be. */
export function Disagreements({ component }: { readonly component: string }) {
  const [search] = useSearchParams();
  const { weight, kind, q } = search;
  return (
    <Panel title="Where sources disagree" about="lockfiles, manifests, SBOMs and images of this component, package by package" flush>
      <nav className={styles['choice']} aria-label="Weight">
        {weights.map(([value, label]) => (
          <Link
            key={label}
            className="button"
            data-size="small"
            aria-current={weight === value ? 'true' : undefined}
            href={`/sboms?component=${encodeURIComponent(component)}${value === undefined ? '' : `&weight=${value}`}`}
          >
            {label}
          </Link>
        ))}
      </nav>
      <DataTable
        path="/v1/components/:ref/conflicts"
        params={{ ref: component }}
        filters={{ weight, kind, q }}
        columns={columns}
        keyOf={(one) => `${one.kind} ${one.identity} ${one.sides.map(({ says }) => says ?? '').join(' ')}`}
        what="conflicts"
        order="weight"
        orderWord="by"
        empty={<Empty title="Nothing of this weight.">One source alone cannot be compared.</Empty>}
      />
    </Panel>
  );
}

const columns: readonly Column<Conflict>[] = [
  {
    id: 'name',
    head: 'Package',
    sort: 'name',
    cell: (one) => (
      <span className="stack">
        <span className="name">{one.name}</span>
        <code className="faint micro">{one.identity}</code>
      </span>
    ),
  },
  {
    id: 'weight',
    head: 'Weight',
    sort: 'weight',
    cell: (one) => (
      <span className="badge" data-tone={tones[one.weight]}>
        {one.weight}
      </span>
    ),
  },
  { id: 'kind', head: 'About', sort: 'kind', cell: (one) => kindWords[one.kind] },
  {
    id: 'sides',
    head: 'Who says what',
    cell: (one) => (
      <ul className={`${styles['misses'] ?? ''} ${styles['sides'] ?? ''}`}>
        {one.sides.map(({ kind, path, says }) => (
          <li key={`${kind} ${path}`}>
            <span className="faint">
              {kind} {path}:
            </span>{' '}
            {says ?? <i>not there</i>}
          </li>
        ))}
      </ul>
    ),
  },
  { id: 'because', head: 'Why', cell: (one) => <span className={styles['misses']}>{one.because}</span> },
];
