import { useState } from 'react';
import type { ImportedDecision, ImportOutcome } from '#server/schemas/imported-decision.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { QueryBar } from '../../parts/filters.tsx';
import { Link, componentHref, listHref, packageHref } from '../../parts/link.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { TakeOver } from '../../parts/take-over.tsx';
import { justificationWords, verdictWords } from '../../parts/verdict-words.ts';
import { count, counted, day } from '../../parts/words.ts';
import { Confirm } from './confirm.tsx';
import styles from '../../parts/imported.module.css';

const filterWords = { state: 'state', source: 'from', component: 'component' } as const;

/** Decisions that came from files: what they say, where from, until when, and whether somebody here stands behind them. */
export function Page() {
  const [search] = useSearchParams();
  const [chosen, choose] = useState<ReadonlyMap<string, ImportedDecision>>(new Map());
  const filters = Object.fromEntries([...Object.keys(filterWords), 'q'].map((word) => [word, search[word]]));
  const toggle = (row: ImportedDecision) => {
    const next = new Map(chosen);
    if (!next.delete(row.id)) next.set(row.id, row);
    choose(next);
  };
  return (
    <div className={`page ${styles['panels'] ?? ''}`}>
      <PageHead
        title="Imported decisions"
        about="What VEX documents, ignore files and other tools decided. None of it counts until somebody here stands behind it, and it ends if nobody does."
        actions={
          <Link className="button" href="/parallel-run">
            Compare with another tool
          </Link>
        }
      />
      <TakeOver<ImportOutcome>
        path="/v1/decision-imports"
        permission="findings:propose"
        about="OpenVEX, CSAF, CycloneDX, .trivyignore, osv-scanner.toml, .snyk, suppressions, Dependency-Track, CSV"
        columns="advisory=CVE,state=Status"
        toldOf={(told) =>
          `${counted(told.imported, 'decision')} taken over from ${told.format}, ${count(told.matched)} about an open finding; ${count(told.known)} known before, ${count(told.fixed)} said to be fixed, ${count(told.expired)} expired.`
        }
      />
      <Panel
        title="Decisions from files"
        actions={<QueryBar words={filterWords} placeholder="Filter by id, component or file" others={['sort']} />}
        flush
      >
        <Confirm chosen={[...chosen.values()]} onDone={() => choose(new Map())} />
        <DataTable
          path="/v1/imported-decisions"
          filters={filters}
          columns={columnsWith(chosen, toggle)}
          keyOf={(row) => row.id}
          what="imported decisions"
          order="-at"
          empty={<EmptyList title="Nothing was imported yet.">Take over a file above, or run guildhall decisions import.</EmptyList>}
        />
      </Panel>
    </div>
  );
}

const stateWords: Readonly<Record<ImportedDecision['state'], string>> = {
  unconfirmed: 'imported, unconfirmed',
  confirmed: 'confirmed',
  waiting: 'waits for a second person',
  withdrawn: 'taken back',
  expired: 'expired',
  refused: 'refused',
  superseded: 'replaced',
};

function columnsWith(chosen: ReadonlyMap<string, ImportedDecision>, onToggle: (row: ImportedDecision) => void): readonly Column<ImportedDecision>[] {
  return [
    {
      id: 'choose',
      head: '',
      cell: (row) =>
        row.state === 'unconfirmed' && (
          <input type="checkbox" aria-label={`Choose ${row.advisory}`} checked={chosen.has(row.id)} onChange={() => onToggle(row)} />
        ),
    },
    {
      id: 'verdict',
      head: 'Says',
      sort: 'advisory',
      cell: (row) => (
        <span className="stack">
          <Link
            data-row-link
            className="name"
            href={listHref('/findings', { advisory: row.advisory, component: row.component ?? undefined, package: row.package ?? undefined })}
          >
            {verdictWords[row.verdict]}: {row.advisory}
          </Link>
          <span className="faint micro">
            {row.justification !== null && `${justificationWords[row.justification as keyof typeof justificationWords]}. `}
            {row.reason}
          </span>
        </span>
      ),
    },
    {
      id: 'about',
      head: 'Of',
      cell: (row) => (
        <span className="stack">
          {row.component === null ? <span className="faint">every component</span> : <Link href={componentHref(row.component)}>{row.component}</Link>}
          {row.package !== null && (
            <Link className="micro" href={packageHref(row.package)}>
              {row.package} {row.range ?? ''}
            </Link>
          )}
        </span>
      ),
    },
    {
      id: 'from',
      head: 'From',
      cell: (row) => (
        <span className="stack">
          <span>{row.source}</span>
          <span className="faint micro">
            {row.file ?? 'file erased'}
            {row.line !== null && `, line ${String(row.line)}`}
          </span>
        </span>
      ),
    },
    { id: 'until', head: 'Until', sort: 'until', cell: (row) => (row.until === null ? <span className="faint">no end</span> : day(row.until)) },
    {
      id: 'state',
      head: 'State',
      cell: (row) =>
        row.state === 'unconfirmed' ? (
          <Unknown why="It does not count until somebody here stands behind it">{stateWords[row.state]}</Unknown>
        ) : (
          <span className="badge" data-tone={row.state === 'confirmed' ? 'ok' : undefined}>
            {stateWords[row.state]}
          </span>
        ),
    },
  ];
}
