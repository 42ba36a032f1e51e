import type { ReactNode } from 'react';
import type { FindingDetail } from '#server/schemas/finding.ts';
import { SourceChip, Unknown } from '../../parts/certainty.tsx';
import { evidenceWords } from '../../parts/evidence-name.tsx';
import { IncidentLink, isOwnRecord } from '../../parts/incident-link.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import type { GlyphKind } from '../../parts/glyph.tsx';
import { day } from '../../parts/words.ts';
import styles from './detail.module.css';

/** What is proven, what is weakened and what is not known, each with the source that says so and its age. */
export function Evidence({ finding }: { readonly finding: FindingDetail }) {
  return (
    <section>
      <h3>Evidence</h3>
      <ul className={styles['chain']}>
        {finding.matches.slice(0, 3).map((match) => (
          <Check
            key={`${match.advisoryId} ${match.version}`}
            kind={match.verdict === 'affected' ? 'ok' : 'unknown'}
            title={match.verdict === 'affected' ? 'Version in range' : 'Version not comparable'}
            chip={<AdvisoryChip match={match} />}
          >
            <code>{match.version ?? 'no version'}</code>
            {match.range !== null && (
              <>
                {' in '}
                <code>{match.range}</code>
              </>
            )}
          </Check>
        ))}
        {finding.facts.slice(0, 3).map((fact) => (
          <Check
            key={`${fact.evidence.path} ${fact.version} ${fact.receipt.id}`}
            kind="ok"
            title={`In ${evidenceWords(fact.evidence)}`}
            chip={<SourceChip source={fact.evidence.kind} at={fact.reading.readAt} stale={finding.staleSince !== null} />}
          >
            {fact.direct === null ? 'directness unknown' : fact.direct ? 'direct' : 'transitive'}, {fact.scope}, since {day(fact.since)}
          </Check>
        ))}
        {finding.stages !== null && (
          <>
            <StageCheck title="In what is built" state={finding.stages.built} missing="no SBOM of a build" />
            <StageCheck title="Running now" state={finding.stages.deployed} missing="no source says what runs" />
          </>
        )}
        <Check kind="unknown" title="Called by our code" chip={<Unknown />}>
          no call graph is read
        </Check>
      </ul>
    </section>
  );
}

type StageCheckProps = { readonly title: string; readonly state: 'affected' | 'clean' | 'unknown'; readonly missing: string };

function StageCheck({ title, state, missing }: StageCheckProps) {
  return (
    <Check kind={state === 'affected' ? 'ok' : state === 'clean' ? 'watch' : 'unknown'} title={title} chip={state === 'unknown' ? <Unknown /> : null}>
      {state === 'affected' ? 'a version that is hit' : state === 'clean' ? 'no longer there' : missing}
    </Check>
  );
}

type CheckProps = { readonly kind: GlyphKind; readonly title: string; readonly chip: ReactNode; readonly children: ReactNode };

function Check({ kind, title, chip, children }: CheckProps) {
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

/** Where the record comes from: an advisory of our own from the act that opened its incident, another from a receipt of its feed. */
function AdvisoryChip({ match: { advisoryId, receipt } }: { readonly match: FindingDetail['matches'][number] }) {
  if (isOwnRecord(advisoryId)) return <IncidentLink record={advisoryId} />;
  return receipt === null ? <Unknown>no receipt</Unknown> : <SourceChip source={receipt.source} at={receipt.receivedAt} />;
}
