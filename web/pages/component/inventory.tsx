import type { ComponentDetail, ComponentPackage } from '#server/schemas/component.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { EvidenceName } from '../../parts/evidence-name.tsx';
import { QueryBar } from '../../parts/filters.tsx';
import { SeverityNumbers } from '../../parts/glyph.tsx';
import { Link, componentHref, listHref, packageHref } from '../../parts/link.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { PackageName } from '../../parts/package-name.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { counted, day, ecosystemWord } from '../../parts/words.ts';
import styles from './component.module.css';

const filterWords = { scope: 'scope', direct: 'direct', ecosystem: 'ecosystem', evidence: 'file', affected: 'affected' } as const;

/** The package versions in one component, with where each was seen. */
export function Inventory({ component }: { readonly component: ComponentDetail }) {
  const [search, change] = useSearchParams();
  const filters = Object.fromEntries([...Object.keys(filterWords), 'q', 'asOf'].map((word) => [word, search[word]]));
  const about =
    component.packages === null
      ? 'Nothing was read yet'
      : `${counted(component.packages, 'package version')} in ${counted(component.evidences.length, 'file')}`;
  return (
    <Panel title="Inventory" about={about} flush>
      <div className={styles['filters']}>
        <QueryBar words={filterWords} placeholder="Filter packages" />
        <Toggle label="Affected" on={search['affected'] === 'true'} onChange={(on) => change({ affected: on ? 'true' : undefined })} />
        <Toggle label="Direct" on={search['direct'] === 'true'} onChange={(on) => change({ direct: on ? 'true' : undefined })} />
        <Toggle label="Runtime" on={search['scope'] === 'runtime'} onChange={(on) => change({ scope: on ? 'runtime' : undefined })} />
      </div>
      <DataTable
        path="/v1/components/:ref/packages"
        params={{ ref: component.ref }}
        filters={filters}
        columns={columnsFor(component.ref)}
        keyOf={(one) => `${one.purl}@${one.version ?? one.range} ${one.evidence.path}`}
        what="inventory"
        order="-findings"
        empty={
          <Empty title={component.packages === null ? 'Nothing read yet.' : 'No package matches.'}>
            {component.packages === null ? 'The problems say why.' : 'Remove a filter.'}
          </Empty>
        }
      />
    </Panel>
  );
}

function Toggle({ label, on, onChange }: { readonly label: string; readonly on: boolean; readonly onChange: (on: boolean) => void }) {
  return (
    <button type="button" className="button" aria-pressed={on} data-on={on || undefined} onClick={() => onChange(!on)}>
      {on ? '✓ ' : ''}
      {label}
    </button>
  );
}

function columnsFor(component: string): readonly Column<ComponentPackage>[] {
  return [
    {
      id: 'name',
      head: 'Package',
      sort: 'name',
      cell: (one) => (
        <Link data-row-link href={packageHref(one.purl)}>
          <PackageName name={one.name} brief /> <span className="faint micro">{ecosystemWord(one.ecosystem)}</span>
          {one.conflict && (
            <span className="badge" data-tone="medium">
              conflict
            </span>
          )}
        </Link>
      ),
    },
    { id: 'version', head: 'Version', sort: 'version', cell: (one) => <Version one={one} /> },
    {
      id: 'how',
      head: 'How',
      sort: 'scope',
      cell: (one) => (
        <Link className="rows quiet" title="Why is it here" href={`${componentHref(component)}?why=${encodeURIComponent(purlWithVersion(one))}`}>
          {howOf(one)}
        </Link>
      ),
    },
    {
      id: 'findings',
      head: 'Open findings',
      sort: 'findings',
      cell: (one) =>
        one.findings === null ? (
          <Unknown why={one.unjudged ?? undefined}>Not judged</Unknown>
        ) : (
          <SeverityNumbers compact counts={one.findings} hrefOf={(severity) => listHref('/findings', { component, package: one.purl, severity })} />
        ),
    },
    {
      id: 'licences',
      head: 'Licence as declared',
      cell: (one) => (one.licences.length === 0 ? <Unknown why="The file declares none">Unknown</Unknown> : one.licences.join(', ')),
    },
    { id: 'evidence', head: 'Seen in', cell: (one) => <EvidenceName evidence={one.evidence} /> },
    { id: 'since', head: 'Since', sort: 'since', align: 'right', cell: (one) => <span className="quiet">{day(one.since)}</span> },
  ];
}

function Version({ one }: { readonly one: ComponentPackage }) {
  if (one.version !== null) return <code>{one.version}</code>;
  return (
    <Unknown why="Only a range is known; it matches as unknown, never as clean">
      <code>{one.range ?? 'no version'}</code>
    </Unknown>
  );
}

/** The version belongs before what a purl may have after its name; where it has that, all versions are meant. */
function purlWithVersion({ purl, version }: ComponentPackage): string {
  return version === null || /[?#]/.test(purl) ? purl : `${purl}@${encodeURIComponent(version)}`;
}

function howOf(one: ComponentPackage): string {
  const how = one.direct === null ? 'not told' : one.direct ? 'direct' : 'transitive';
  return one.scope === 'runtime' ? how : `${how}, ${one.scope}`;
}
