import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Attestation, AttestationList } from '#server/schemas/ownership.ts';
import { ask, inWords } from '../../parts/api.ts';
import { Age, Unknown } from '../../parts/certainty.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Facet, QueryBar } from '../../parts/filters.tsx';
import { KeyHints } from '../../parts/key-hints.tsx';
import { useKeys } from '../../parts/keys.ts';
import { Link } from '../../parts/link.tsx';
import { ListPage } from '../../parts/list-page.tsx';
import { OwnerName } from '../../parts/owner-name.tsx';
import { certaintyWords, reasonNames, reasons, reasonWords } from '../../parts/ownership-words.ts';
import { sayOwners } from '../../parts/say-owners.ts';
import type { SayOf } from '../../parts/say-owners.ts';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, counted, day } from '../../parts/words.ts';
import styles from './ownership.module.css';

const filterWords = { reason: 'why', state: 'state', mine: 'mine', team: 'owner', component: 'component' } as const;

/** Owners to be confirmed, one by one or many at once, by keyboard. */
export function Page() {
  const [search] = useSearchParams();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlyMap<string, SayOf>>(new Map());
  const [said, setSaid] = useState('');
  const inside = useRef<HTMLDivElement>(null);
  const filters = {
    ...{ reason: search['reason'], state: search['state'], mine: search['mine'] },
    ...{ team: search['team'], component: search['component'], q: search['q'] },
  };
  const list = useQuery(ask('/v1/attestations', {}, { ...filters, limit: '1' }));
  const choose = (rows: readonly Attestation[], isChosen: boolean) => {
    const next = new Map(chosen);
    for (const row of rows) {
      if (isChosen && row.mayAnswer) next.set(row.component.ref, sayOf(row));
      else next.delete(row.component.ref);
    }
    setChosen(next);
  };
  const say = (what: 'confirmed' | 'disclaimed', of: readonly SayOf[]) => {
    if (of.length === 0) return;
    setSaid('');
    sayOwners(client, what, of)
      .then(() => setChosen(new Map()))
      .catch((error: unknown) => setSaid(inWords(error)));
  };
  const atFocus = () => rowsIn(document.activeElement?.closest('tr') ?? null, client)[0];
  const meant = (): readonly SayOf[] => {
    const row = atFocus();
    return chosen.size > 0 ? [...chosen.values()] : row?.mayAnswer === true ? [sayOf(row)] : [];
  };
  useKeys({
    y: () => say('confirmed', meant()),
    n: () => say('disclaimed', meant()),
    x: () => {
      const row = atFocus();
      if (row !== undefined) choose([row], !chosen.has(row.component.ref));
    },
    'shift+a': () => choose(rowsIn(inside.current, client), true),
    Escape: () => setChosen(new Map()),
  });
  return (
    <ListPage
      title="Ownership"
      facets={<Facets known={list.data} />}
      bar={
        <>
          <QueryBar words={filterWords} placeholder="Filter by component" others={['sort']} />
          <button type="button" className="button" disabled={chosen.size === 0} onClick={() => say('confirmed', [...chosen.values()])}>
            Ours
          </button>
          <button type="button" className="button" disabled={chosen.size === 0} onClick={() => say('disclaimed', [...chosen.values()])}>
            Not ours
          </button>
        </>
      }
      line={<Line known={list.data} chosen={chosen.size} said={said} />}
    >
      <div ref={inside}>
        <DataTable
          path="/v1/attestations"
          filters={filters}
          columns={columnsFor(chosen, choose, say)}
          keyOf={(one) => one.component.ref}
          what="owners to be confirmed"
          order="reason"
          empty={
            <EmptyList title="No owner is to be confirmed here.">
              Owners come from CODEOWNERS and catalog-info.yaml. A confirmation stands for {list.data?.months ?? 12} months.
            </EmptyList>
          }
        />
      </div>
    </ListPage>
  );
}

type Choose = (rows: readonly Attestation[], isChosen: boolean) => void;
type Say = (what: 'confirmed' | 'disclaimed', of: readonly SayOf[]) => void;

function columnsFor(chosen: ReadonlyMap<string, SayOf>, choose: Choose, say: Say): readonly Column<Attestation>[] {
  return [
    {
      id: 'name',
      head: 'Component',
      sort: 'name',
      cell: (one) => (
        <span className={styles['component']}>
          <input
            type="checkbox"
            aria-label={`Choose ${one.component.name}`}
            disabled={!one.mayAnswer}
            checked={chosen.has(one.component.ref)}
            data-ref={one.component.ref}
            onChange={(event) => choose([one], event.target.checked)}
          />
          <Link data-row-link href={`/components/${encodeURIComponent(one.component.ref)}`}>
            {one.component.name}
          </Link>
        </span>
      ),
    },
    {
      id: 'answer',
      head: 'Answer',
      cell: (one) =>
        one.mayAnswer ? (
          <span className="line">
            <button type="button" className="button" data-size="small" onClick={() => say('confirmed', [sayOf(one)])}>
              Ours<span className="hidden">: {one.component.name}</span>
            </button>
            <button type="button" className="button" data-size="small" onClick={() => say('disclaimed', [sayOf(one)])}>
              Not ours<span className="hidden">: {one.component.name}</span>
            </button>
          </span>
        ) : (
          <span className="faint">for the team and the office</span>
        ),
    },
    { id: 'owner', head: 'Owner by sources', sort: 'team', cell: (one) => <OwnerName owner={one.owner} /> },
    {
      id: 'certainty',
      head: 'How sure',
      cell: (one) => (
        <span className="badge" data-tone={one.certainty === 'confirmed' ? 'ok' : one.certainty === 'declared' ? undefined : 'medium'}>
          {certaintyWords[one.certainty]}
        </span>
      ),
    },
    {
      id: 'reason',
      head: 'Why confirm',
      sort: 'reason',
      cell: (one) =>
        one.reason === null ? <span className="faint">it stands until {one.until === null ? 'then' : day(one.until)}</span> : reasonWords[one.reason],
    },
    { id: 'said', head: 'Said last', sort: 'confirmed', cell: (one) => <Said said={one.said} owner={one.owner.team} /> },
  ];
}

function Said({ said, owner }: { readonly said: Attestation['said']; readonly owner: string }) {
  if (said === null) return <Unknown why="Nobody has said anything of its owner">nothing</Unknown>;
  return (
    <span>
      {said.what === 'confirmed' ? 'theirs' : 'not theirs'}
      {said.owner !== owner && ` (of ${said.owner})`}, {said.by.name}, <Age at={said.at} /> ago
    </span>
  );
}

function Line({ known, chosen, said }: { readonly known: AttestationList | undefined; readonly chosen: number; readonly said: string }) {
  return (
    <>
      <span role="status">
        {said !== ''
          ? said
          : chosen > 0
            ? `${counted(chosen, 'component')} chosen`
            : known === undefined
              ? 'Counting…'
              : `${counted(known.total, 'owner')} shown of ${count(known.base)} that sources name. A confirmation stands for ${counted(known.months, 'month')}.`}
      </span>
      <KeyHints
        hints={[
          [['Y'], 'ours'],
          [['N'], 'not ours'],
          [['X'], 'choose'],
          [['Shift', 'A'], 'choose all shown'],
          [['U'], 'take back'],
        ]}
      />
    </>
  );
}

function Facets({ known }: { readonly known: AttestationList | undefined }) {
  const countOf = (reason: string): number | null => (known === undefined ? null : (known.reasons.find((each) => each.value === reason)?.count ?? 0));
  return (
    <>
      <Facet
        title="Why"
        words={['reason', 'state']}
        values={reasons.map((reason) => ({ sets: { reason }, label: reasonNames[reason], count: countOf(reason) }))}
      />
      <Facet title="State" words={['state', 'reason']} values={[{ sets: { state: 'confirmed' }, label: 'Confirmed', count: null }]} />
      <Facet title="Whose" words={['mine']} values={[{ sets: { mine: 'true' }, label: 'Mine to answer', count: null }]} />
    </>
  );
}

function sayOf({ component, owner, said }: Attestation): SayOf {
  return { ref: component.ref, name: component.name, owner: owner.team, said };
}

/** The rows of the list that an element shows. */
function rowsIn(inside: Element | null, client: QueryClient): readonly Attestation[] {
  const lists = client.getQueriesData<AttestationList>({ queryKey: ['/v1/attestations'] });
  const known = new Map(lists.flatMap(([, list]) => list?.items ?? []).map((row) => [row.component.ref, row]));
  return [...(inside?.querySelectorAll<HTMLElement>('[data-ref]') ?? [])].flatMap(({ dataset }) => known.get(dataset['ref'] ?? '') ?? []);
}
