import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ApprovalImportOutcome, ImportedApproval, ImportedApprovalList } from '#server/schemas/imported-approval.ts';
import { ask } from '../../parts/api.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Facet, QueryBar } from '../../parts/filters.tsx';
import { useKeys } from '../../parts/keys.ts';
import { ListPage } from '../../parts/list-page.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { TakeOver } from '../../parts/take-over.tsx';
import { count, counted } from '../../parts/words.ts';
import { Answer } from './answer.tsx';
import styles from './approvals.module.css';
import { approvalColumns } from './columns.tsx';
import { approvalStateWords, approvalWordsShown } from './words.ts';

const filterWords = {
  state: 'state',
  says: 'says',
  source: 'from',
  inUse: 'in use',
  conflicting: 'contradicted',
  component: 'component',
  package: 'package',
} as const;

/** What other tools approved: what it means here, the verdict now and with it, what contradicts it, and whether counsel stands behind it. */
export function Page() {
  const [search] = useSearchParams();
  const [chosen, choose] = useState<ReadonlyMap<string, ImportedApproval>>(new Map());
  const [list, reason] = [useRef<HTMLDivElement>(null), useRef<HTMLInputElement>(null)];
  const known = useQuery(ask('/v1/imported-approvals', { limit: '1' })).data;
  const permissions = useQuery(ask('/v1/session')).data?.permissions ?? [];
  const mayAnswer = permissions.includes('licences:conclude') || permissions.includes('ip-policy:write');
  const waiting = useQuery(ask('/v1/imported-approvals', { limit: '1', state: 'unconfirmed' })).data?.total;
  const filters = Object.fromEntries([...Object.keys(filterWords), 'q'].map((word) => [word, search[word]]));
  const toggle = (row: ImportedApproval) => {
    choose((before) => {
      const next = new Map(before);
      if (!next.delete(row.id)) next.set(row.id, row);
      return next;
    });
  };
  const boxes = () => [...(list.current?.querySelectorAll<HTMLInputElement>('td input[type="checkbox"]') ?? [])];
  useKeys({
    x: () => document.activeElement?.closest('tr')?.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click(),
    'shift+x': () => {
      const open = boxes().filter((box) => !box.checked);
      for (const box of open.length === 0 ? boxes() : open) box.click();
    },
    c: () => reason.current?.focus(),
  });
  return (
    <ListPage
      title="Approvals"
      facets={<Facets known={known} />}
      bar={<QueryBar words={filterWords} placeholder="Filter by package, licence, component or file" others={['sort']} />}
      line={
        <span role="status">
          {known === undefined || waiting === undefined ? (
            'Counting…'
          ) : (
            <>
              <b>{counted(known.total, 'approval')}</b> of other tools, {count(waiting)} unconfirmed: no verdict counts these. Policy verdicts under{' '}
              {known.policy}.
            </>
          )}
        </span>
      }
    >
      <details className={styles['import']}>
        <summary>Take over approvals of another tool</summary>
        <TakeOver<ApprovalImportOutcome>
          path="/v1/approval-imports"
          permission="ip-policy:write"
          about="CSV, Black Duck, FOSSA, Snyk, Mend, Sonatype IQ, SW360, .ort.yml"
          columns="status=Decision,package=Purl"
          toldOf={(told) =>
            `${counted(told.imported, 'approval')} taken over from ${told.format}, ${count(told.matched)} about a package in use; ${count(told.known)} known before, ${count(told.expired)} expired.`
          }
        />
      </details>
      <Answer chosen={[...chosen.values()]} reason={reason} onDone={() => choose(new Map())} />
      <div ref={list}>
        <DataTable
          path="/v1/imported-approvals"
          filters={filters}
          columns={approvalColumns(mayAnswer ? chosen : null, toggle)}
          keyOf={(row) => row.id}
          what="approvals"
          order="-at"
          empty={<EmptyList title="There is no such approval.">Take over a file above, or run guildhall approvals import.</EmptyList>}
        />
      </div>
    </ListPage>
  );
}

function Facets({ known }: { readonly known: ImportedApprovalList | undefined }) {
  const values = (word: string, words: Readonly<Record<string, string>>) =>
    Object.entries(words).map(([value, label]) => ({ sets: { [word]: value }, label, count: null }));
  return (
    <>
      <Facet title="State" words={['state']} values={values('state', approvalStateWords)} />
      <Facet title="Says" words={['says']} values={values('says', approvalWordsShown)} />
      <Facet title="From" words={['source']} values={values('source', Object.fromEntries((known?.sources ?? []).map((each) => [each, each])))} />
      <Facet title="Here" words={['inUse']} values={values('inUse', { true: 'in use', false: 'not in use' })} />
      <Facet title="Others" words={['conflicting']} values={values('conflicting', { true: 'say something else' })} />
    </>
  );
}
