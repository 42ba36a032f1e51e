import type { ReactNode } from 'react';
import type { ExplainFact, ExplainMatch, FindingDecision, FindingDetail } from '#server/schemas/finding.ts';
import type { ReceiptSummary } from '#server/schemas/receipt.ts';
import type { EvidencePack, EvidenceRow } from '#server/schemas/evidence.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import type { GlyphKind } from '../../parts/glyph.tsx';
import { Link, componentHref, findingHref, listHref, receiptHref } from '../../parts/link.tsx';
import { moment, shortRevision } from '../../parts/words.ts';
import styles from './evidence.module.css';

/** An act as a pack holds it. */
type KeptAct = {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly actor: string;
  readonly words: Readonly<Record<string, unknown>> | null;
  readonly areWordsErased: boolean;
  readonly hash: string;
};
type Decided = FindingDecision & { readonly acts?: readonly KeptAct[] };
type FindingChain = Omit<FindingDetail, 'decisions'> & { readonly decisions: readonly Decided[] };
type ComponentChain = { readonly component: string; readonly receipt: ReceiptSummary | null; readonly tree: string | null };

// That of a feed lists the hashes of all that changed.
const longestRevision = 64;

/** One row of the sample and what it rests on, link by link, as the pack holds it. */
export function RowChain({ population, row }: { readonly population: EvidencePack['question']['population']; readonly row: EvidenceRow }) {
  if (row.chain === null) return <Unknown>It is gone since it was drawn.</Unknown>;
  switch (population) {
    case 'findings':
      return <OfFinding id={row.id} chain={row.chain as FindingChain} />;
    case 'components':
      return <OfComponent chain={row.chain as ComponentChain} />;
    case 'decisions':
    case 'exceptions':
      return (
        <Steps title={`Decision ${row.id}`}>
          {(row.chain as { readonly acts: readonly KeptAct[] }).acts.map((act) => (
            <ActStep key={act.seq} act={act} />
          ))}
        </Steps>
      );
    default:
      return population satisfies never;
  }
}

function OfFinding({ id, chain }: { readonly id: string; readonly chain: FindingChain }) {
  return (
    <>
      <h3>
        <Link className="rows" href={findingHref(id)}>
          {chain.title}
        </Link>
      </h3>
      <p className="quiet">
        {chain.reason} In{' '}
        <Link className="rows" href={componentHref(chain.component.ref)}>
          {chain.component.name}
        </Link>
        , open since {moment(chain.opened)} UTC.
      </p>
      <Steps title="What it rests on">
        {chain.matches.map((match) => (
          <MatchStep key={`${match.advisoryId} ${String(match.version)}`} match={match} />
        ))}
        {chain.facts.map((fact) => (
          <FactSteps key={`${fact.evidence.path} ${String(fact.version)} ${fact.receipt.id}`} fact={fact} />
        ))}
      </Steps>
      {chain.decisions.length === 0 ? (
        <p className="quiet">Nobody had decided about it.</p>
      ) : (
        chain.decisions.map((decision) => (
          <Steps key={decision.id} title={`Decided: ${decision.verdict}, ${decision.standing}`}>
            {decision.acts === undefined ? (
              <Step kind="ok" title={moment(decision.at)}>
                by <code>{decision.by}</code>
              </Step>
            ) : (
              decision.acts.map((act) => <ActStep key={act.seq} act={act} />)
            )}
          </Steps>
        ))
      )}
    </>
  );
}

function OfComponent({ chain }: { readonly chain: ComponentChain }) {
  return (
    <Steps title={chain.component}>
      <Observed receipt={chain.receipt} what="Last observed" />
      {chain.tree !== null && <Hashed title="Every path that was read, by hash" value={chain.tree} />}
    </Steps>
  );
}

function MatchStep({ match }: { readonly match: ExplainMatch }) {
  return (
    <>
      <Step kind={match.verdict === 'affected' ? 'failing' : 'unknown'} title={match.advisoryId}>
        names <code>{match.version ?? 'no version'}</code>
        {match.range !== null && (
          <>
            {' '}
            by <code>{match.range}</code>
          </>
        )}
      </Step>
      <Observed receipt={match.receipt} what="Record received" />
      {match.rawHash !== null && <Hashed title="Bytes of the record" value={match.rawHash} />}
    </>
  );
}

function FactSteps({ fact }: { readonly fact: ExplainFact }) {
  return (
    <>
      <Step kind="ok" title={`Said by ${fact.evidence.path}`}>
        <code>{fact.version ?? fact.range ?? 'no version'}</code>, read as{' '}
        <code>{`${fact.reading.format}@${String(fact.reading.formatVersion)}`}</code> {moment(fact.reading.readAt)} UTC
      </Step>
      <Observed receipt={fact.receipt} what="Source observed" />
      {fact.rawHash !== null && <Hashed title="Raw item" value={fact.rawHash} />}
    </>
  );
}

function Observed({ receipt, what }: { readonly receipt: ReceiptSummary | null; readonly what: string }) {
  if (receipt === null)
    return (
      <Step kind="unknown" title={what}>
        <Unknown>No receipt is kept for it</Unknown>
      </Step>
    );
  return (
    <Step kind={receipt.outcome === 'complete' ? 'ok' : receipt.outcome === 'partial' ? 'watch' : 'failing'} title={what}>
      {receipt.origin}
      {receipt.revision !== null && receipt.revision.length <= longestRevision && (
        <>
          {' '}
          at <code>{shortRevision(receipt.revision)}</code>
        </>
      )}
      , {moment(receipt.receivedAt)} UTC,{' '}
      <Link className="rows" href={receiptHref(receipt.id)}>
        receipt
      </Link>
    </Step>
  );
}

function Hashed({ title, value }: { readonly title: string; readonly value: string }) {
  return (
    <Step kind="ok" title={title}>
      SHA-256 <code className={styles['hash']}>{value}</code>
    </Step>
  );
}

function ActStep({ act }: { readonly act: KeptAct }) {
  const reason = act.words?.['reason'];
  return (
    <Step kind="ok" title={act.kind.replaceAll('-', ' ')}>
      by{' '}
      <Link className="rows" href={listHref('/decisions', { actor: act.actor })}>
        <code>{act.actor}</code>
      </Link>
      , {moment(new Date(act.at).toISOString())} UTC, entry {act.seq}
      {act.areWordsErased && (
        <>
          , <Unknown>words erased</Unknown>
        </>
      )}
      {typeof reason === 'string' && <>: {reason}</>}
      <br />
      <code className={styles['hash']}>{act.hash}</code>
    </Step>
  );
}

function Steps({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h4>{title}</h4>
      <ol className={styles['steps']}>{children}</ol>
    </section>
  );
}

function Step({ kind, title, children }: { readonly kind: GlyphKind; readonly title: string; readonly children: ReactNode }) {
  return (
    <li>
      <Glyph kind={kind} />
      <div>
        <b className="name">{title}</b> <span className="quiet">{children}</span>
      </div>
    </li>
  );
}
