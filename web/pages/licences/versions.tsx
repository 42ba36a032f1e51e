import { licenceKindOf } from '#model/licence.ts';
import type { LicensedVersion } from '#server/schemas/licence.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { LicenceFound, likenessWords } from '../../parts/licence-found.tsx';
import { Link, componentHref, listHref, packageHref } from '../../parts/link.tsx';
import { PackageName } from '../../parts/package-name.tsx';
import { PolicyVerdict } from '../../parts/policy-verdict.tsx';
import type { Search } from '../../parts/search-params.ts';
import { count, ecosystemWord } from '../../parts/words.ts';
import styles from './licences.module.css';

/** Package versions by licence, with all that was said of it. */
export function Versions({ search }: { readonly search: Search }) {
  const { licence, state, category, verdict, exception, q } = search;
  return (
    <DataTable
      path="/v1/licensed-versions"
      filters={{ licence, state, category, verdict, exception, q }}
      columns={columns}
      keyOf={(one) => `${one.purl}@${one.version}`}
      what="package versions"
      order="-verdict"
      empty={<EmptyList title="No package version matches.">Take a filter away, or look at all licences.</EmptyList>}
    />
  );
}

const columns: readonly Column<LicensedVersion>[] = [
  {
    id: 'package',
    head: 'Package version',
    sort: 'package',
    cell: (one) => (
      <Link data-row-link href={packageHref(one.purl)}>
        <PackageName name={one.name} /> {one.version === '' ? <Unknown>no version</Unknown> : one.version}
      </Link>
    ),
  },
  { id: 'ecosystem', head: 'Ecosystem', cell: (one) => <span className="quiet">{ecosystemWord(one.ecosystem)}</span> },
  {
    id: 'licence',
    head: 'Licence that counts',
    sort: 'licence',
    cell: (one) => (
      <span className={styles['counts']}>
        {one.licence === null ? <Unknown>Unknown</Unknown> : <code>{one.licence}</code>}
        {one.isConcluded && <span className="badge">concluded</span>}
        {(one.isDisputed || one.isFoundOtherwise) && (
          <span className="badge" data-tone="medium">
            {one.isFoundOtherwise ? 'declared and found differ' : 'sources differ'}
          </span>
        )}
      </span>
    ),
  },
  { id: 'said', head: 'What was said', cell: (one) => <Claims version={one} /> },
  { id: 'verdict', head: 'Worst verdict', sort: 'verdict', cell: (one) => <PolicyVerdict verdict={one.verdict} /> },
  {
    id: 'components',
    head: 'Components',
    sort: 'components',
    align: 'right',
    cell: (one) => (
      <Link className="rows" href={listHref('/components', { uses: one.version === '' ? one.purl : `${one.purl}@${one.version}` })}>
        {count(one.components)}
      </Link>
    ),
  },
];

const kindWords = { declared: 'Declared', detected: 'Found', concluded: 'Concluded' };

/** What was said by kind: declared by its makers, found in a text, concluded by counsel; each with its source. */
function Claims({ version: { claims, files, suggestion } }: { readonly version: LicensedVersion }) {
  if (claims.length === 0) return <Unknown why="No file, registry or person says it">Nothing</Unknown>;
  return (
    <span className={styles['claims']}>
      {claims.map(({ source, said }) => (
        <span key={source + said.join()}>
          {kindWords[licenceKindOf(source)]} <code>{said.join(', ')}</code> <span className="faint">{source}</span>
        </span>
      ))}
      {files.map((file) => (
        <span key={`${file.component.ref} ${file.path}`} className="faint micro">
          <LicenceFound file={file} /> in <code>{file.path}</code> of <Link href={componentHref(file.component.ref)}>{file.component.name}</Link>
          {file.isRead && `, ${likenessWords(file)}`}
        </span>
      ))}
      {suggestion !== null && <span className="faint">may mean {suggestion}: for counsel to conclude</span>}
    </span>
  );
}
