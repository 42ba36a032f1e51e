import type { ReactNode } from 'react';
import type { ExplainFact, ExplainMatch, FindingDetail } from '#server/schemas/finding.ts';
import type { ReceiptSummary } from '#server/schemas/receipt.ts';
import { SourceChip, Unknown } from '../../parts/certainty.tsx';
import { IncidentLink, isOwnRecord } from '../../parts/incident-link.tsx';
import { evidenceWords } from '../../parts/evidence-name.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import type { GlyphKind } from '../../parts/glyph.tsx';
import { Link, receiptHref } from '../../parts/link.tsx';
import { day, moment, shortRevision } from '../../parts/words.ts';
import styles from './detail.module.css';

/** What a finding rests on, link by link: which record matched by which range, which file says so, read how, from where, and the bytes. */
export function Chain({ finding }: { readonly finding: FindingDetail }) {
  return (
    <section>
      <h3>Why we think so</h3>
      <ol className={styles['chain']}>
        {finding.matches.map((match) => (
          <MatchSteps key={`${match.advisoryId} ${match.version}`} match={match} />
        ))}
        {finding.facts.map((fact) => (
          <FactSteps key={`${fact.evidence.path} ${fact.version} ${fact.receipt.id}`} fact={fact} />
        ))}
      </ol>
      {finding.matches.length === 0 && finding.facts.length === 0 && <Unknown>Nothing supports it any more; it is closed.</Unknown>}
    </section>
  );
}

function MatchSteps({ match }: { readonly match: ExplainMatch }) {
  const affected = match.verdict === 'affected';
  return (
    <>
      <Step
        kind={affected ? 'failing' : 'unknown'}
        title={affected ? 'Version in range' : 'Version not comparable'}
        chip={
          isOwnRecord(match.advisoryId) ? (
            <IncidentLink record={match.advisoryId} />
          ) : match.receipt === null ? null : (
            <SourceChip source={match.receipt.source} at={match.receipt.receivedAt} />
          )
        }
      >
        <code>{match.version ?? 'no version'}</code> {match.range === null ? 'against' : match.rangeKind === 'listed' ? 'is listed in' : 'in'}{' '}
        {match.range !== null && match.rangeKind !== 'listed' && <code>{match.range}</code>} {match.rangeKind !== 'listed' && 'of'}{' '}
        <code>{match.advisoryId}</code>
        {match.fixedIn !== null && (
          <>
            , fixed in <code>{match.fixedIn}</code>
          </>
        )}
      </Step>
      <Origin receipt={match.receipt} rawHash={match.rawHash} what="Advisory record" />
    </>
  );
}

function FactSteps({ fact }: { readonly fact: ExplainFact }) {
  return (
    <>
      <Step kind="ok" title={`Seen in ${evidenceWords(fact.evidence)}`} chip={<SourceChip source={fact.evidence.kind} at={fact.reading.readAt} />}>
        <code>{fact.version ?? fact.range ?? 'no version'}</code>,{' '}
        {fact.direct === null ? 'directness unknown' : fact.direct ? 'direct' : 'transitive'}, {fact.scope}, read as{' '}
        <code>{`${fact.reading.format}@${fact.reading.formatVersion}`}</code>, there since {day(fact.since)}
      </Step>
      {fact.via.length > 1 && (
        <Step kind="ok" title="Path">
          <span className={styles['path']}>
            {fact.via.map((step) => (
              <code key={step}>{step}</code>
            ))}
          </span>
        </Step>
      )}
      <Origin receipt={fact.receipt} rawHash={fact.rawHash} what="File" />
    </>
  );
}

type OriginProps = { readonly receipt: ReceiptSummary | null; readonly rawHash: string | null; readonly what: string };

function Origin({ receipt, rawHash, what }: OriginProps) {
  if (receipt === null) {
    return (
      <Step kind="unknown" title={what}>
        <Unknown>No receipt is kept for it</Unknown>
      </Step>
    );
  }
  return (
    <Step
      kind={receipt.outcome === 'complete' ? 'ok' : receipt.outcome === 'partial' ? 'watch' : 'failing'}
      title={what}
      chip={
        <Link className="link micro" href={receiptHref(receipt.id)}>
          receipt
        </Link>
      }
    >
      from {receipt.origin}
      {receipt.revision !== null && (
        <>
          {' '}
          at <code>{shortRevision(receipt.revision)}</code>
        </>
      )}
      , received {moment(receipt.receivedAt)}
      {rawHash !== null && (
        <>
          , bytes <code title={rawHash}>{rawHash.slice(0, 12)}</code>
        </>
      )}
    </Step>
  );
}

type StepProps = { readonly kind: GlyphKind; readonly title: string; readonly chip?: ReactNode; readonly children: ReactNode };

function Step({ kind, title, chip, children }: StepProps) {
  return (
    <li>
      <Glyph kind={kind} />
      <div>
        <b className="name">{title}</b> <span className="quiet">{children}</span>
      </div>
      {chip}
    </li>
  );
}
