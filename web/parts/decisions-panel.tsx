import { useQuery } from '@tanstack/react-query';
import type { DeskDecision } from '#server/schemas/desk-decision.ts';
import { addressOf, ask } from './api.ts';
import styles from './decisions-panel.module.css';
import { Answered, Empty } from './page-state.tsx';
import { Panel } from './panel.tsx';
import { justificationWords, standingWords, verdictWords } from './verdict-words.ts';
import { count, day } from './words.ts';

const shown = 10;

type DecisionsPanelProps = {
  /** Which decisions: those that name or reach a component, or name a package. */
  readonly about: { readonly component: string } | { readonly package: string };
};

/** The decisions about findings that apply here, latest first, those that are over included. */
export function DecisionsPanel({ about }: DecisionsPanelProps) {
  const query = useQuery(ask('/v1/finding-decisions', {}, { ...about, limit: String(shown) }));
  const total = query.data?.total ?? 0;
  return (
    <Panel
      title="Decisions that apply"
      about="About its findings, as they stand now"
      flush
      actions={'component' in about && total > 0 && <VexDownloads component={about.component} />}
      footer={total > shown ? `The ${shown} latest of ${count(total)}` : undefined}
    >
      <Answered query={query} what="the decisions" rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="Nothing was decided yet." />
          ) : (
            <ul className={styles['lines']}>
              {items.map((decision) => (
                <Line key={decision.id} decision={decision} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  );
}

const forms = { openvex: 'OpenVEX', csaf: 'CSAF', cyclonedx: 'CycloneDX' } as const;

/** What was decided as VEX, in each of its three forms. */
function VexDownloads({ component }: { readonly component: string }) {
  return (
    <span className="line" role="group" aria-label="VEX of this component">
      {Object.entries(forms).map(([format, name]) => (
        <a
          key={format}
          className="button"
          data-size="small"
          href={addressOf('/v1/components/:ref/vex', { ref: component }, { format })}
          download={`${component.split('/').at(-1) ?? 'component'}.${format}.json`}
          title="What counts and what is fixed, as VEX; what waits is not said"
        >
          {name}
        </a>
      ))}
    </span>
  );
}

function Line({ decision }: { readonly decision: DeskDecision }) {
  const { verdict, advisories, justification, reason, by, at, until, standing } = decision;
  return (
    <li>
      <span className="stack">
        <span>
          <b className="name">{verdictWords[verdict]}</b> <span className="quiet">{advisories.slice(0, 3).join(', ')}</span>
        </span>
        <span className="faint micro">
          {justification !== null && `${justificationWords[justification]}. `}
          {reason ?? 'The reason was erased.'}
        </span>
        <span className="faint micro">
          {by.name}, {day(at)}
          {until !== null && `, until ${day(until)}`}
        </span>
      </span>
      <span className="badge" data-tone={standing === 'holds' ? 'ok' : undefined}>
        {standingWords[standing]}
      </span>
    </li>
  );
}
