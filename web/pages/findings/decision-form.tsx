import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { FindingDesk, Named } from '#server/schemas/desk-decision.ts';
import { ask } from '../../parts/api.ts';
import type { Justification, Response, Verdict } from '../../parts/acts.ts';
import { useNow } from '../../parts/now.ts';
import { analysisStates, justificationWords, ruleVerdictWords, verdictWords } from '../../parts/verdict-words.ts';
import { count, counted } from '../../parts/words.ts';
import { PersonChoice } from '../../parts/person-choice.tsx';
import {
  analysisOf,
  areOneSubject,
  areVulnerabilities,
  dayAfter,
  faultOf,
  needsSecond,
  reachesOf,
  verdictsFor,
  withVerdict,
} from './decision-draft.ts';
import type { Draft, Reach } from './decision-draft.ts';
import styles from './decision-form.module.css';
import type { Targets } from './selection.ts';

export type DecisionFormProps = {
  readonly targets: Targets;
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly desk: FindingDesk | undefined;
  readonly me: Named | undefined;
  /** Why nothing can be decided here and now, in a sentence; null when it can. */
  readonly readOnly: string | null;
  /** What went wrong with the last try, in words; null for nothing. */
  readonly failure: string | null;
  readonly isSending: boolean;
  readonly onRecord: () => void;
  readonly onSkip: () => void;
};

/** The decision about what is selected, or about the open finding: every field with a key or a place in the order of Tab. */
export function DecisionForm(props: DecisionFormProps) {
  const { targets, desk, readOnly, failure, isSending, draft, onRecord, onSkip } = props;
  const now = useNow();
  const [first] = targets.findings;
  const fault = areOneSubject(targets) ? faultOf(draft, now) : 'A decision is about one package. Assign these, or hold their clocks.';
  const isProposal = desk?.may.decide === false && desk.may.propose;
  return (
    <section className={styles['form']} aria-label="Decision" data-form>
      <header className={styles['head']}>
        <h2>
          {isProposal ? 'Propose' : 'Decide'} for {counted(targets.count, 'finding')}
        </h2>
        <span className="badge clip">{areOneSubject(targets) ? (first?.package?.name.split(':').at(-1) ?? first?.subject) : 'several packages'}</span>
      </header>
      {readOnly === null ? <Fields {...props} /> : <p className={styles['fields']}>{readOnly}</p>}
      <footer className={styles['foot']}>
        {failure !== null && (
          <p className={styles['failed']} role="alert">
            {failure}
          </p>
        )}
        <button type="button" className={`button ${styles['record']}`} disabled={fault !== null || isSending || readOnly !== null} onClick={onRecord}>
          {isProposal ? 'Propose' : 'Record'} for {count(targets.count)} <kbd>Ctrl ⏎</kbd>
        </button>
        <button type="button" className="button" onClick={onSkip}>
          Skip <kbd>S</kbd>
        </button>
        {readOnly === null && fault !== null && <p className={styles['missing']}>{fault}</p>}
      </footer>
    </section>
  );
}

const responsesOffered: readonly Response[] = ['update', 'rollback', 'workaround_available', 'will_not_fix', 'can_not_fix'];

function Fields({ targets, draft, onDraft, desk, me }: DecisionFormProps) {
  const id = useId();
  const now = useNow();
  const isOfVulnerability = areVulnerabilities(targets);
  const set = (part: Partial<Draft>) => onDraft({ ...draft, ...part });
  return (
    <div className={styles['fields']}>
      {draft.suggestedBy !== null && (
        <p className={styles['notice']}>A suggestion, from a decision of {draft.suggestedBy}. Change what does not fit.</p>
      )}
      <States
        verdicts={verdictsFor(targets)}
        isOfVulnerability={isOfVulnerability}
        verdict={draft.verdict}
        onChoose={(verdict) => onDraft(withVerdict(draft, verdict, now, isOfVulnerability))}
      />
      {isOfVulnerability && <InCycloneDx draft={draft} set={set} id={id} />}
      <Text
        id={`${id}reason`}
        label="Reason"
        hint="required, shown to auditors"
        value={draft.reason}
        mark="reason"
        onChange={(reason) => set({ reason })}
      />
      {(draft.verdict === 'accepted' || draft.verdict === 'workaround') && (
        <Text
          id={`${id}control`}
          label={draft.verdict === 'workaround' ? 'The workaround' : 'Compensating control'}
          hint={draft.verdict === 'workaround' ? 'required' : 'what limits the risk'}
          value={draft.control}
          mark="control"
          onChange={(control) => set({ control })}
        />
      )}
      {draft.verdict === 'accepted' && (
        <div>
          <label className={styles['label']} htmlFor={`${id}owner`}>
            Owner of the risk <span>required</span>
          </label>
          <PersonChoice
            inputId={`${id}owner`}
            label="Owner of the risk"
            value={draft.owner}
            first={[...(me === undefined ? [] : [me]), ...(desk?.deciders ?? []).filter((each) => each.id !== me?.id)]}
            onChange={(owner) => set({ owner })}
          />
        </div>
      )}
      <div className={styles['two']}>
        <div>
          <label className={styles['label']} htmlFor={`${id}until`}>
            {draft.verdict === 'accepted' || draft.verdict === 'workaround' ? 'Until' : 'Review by'}
          </label>
          <input
            id={`${id}until`}
            className="field"
            type="date"
            min={dayAfter(now, 0)}
            max={dayAfter(now, 365)}
            value={draft.until}
            onChange={(event) => set({ until: event.target.value })}
          />
        </div>
        <AppliesTo
          id={`${id}reach`}
          targets={targets}
          reach={draft.reach}
          onChange={(reach) => set({ reach, coversFuture: reach === 'everywhere' })}
        />
      </div>
      {draft.reach !== 'these' && (
        <label className="check">
          <input type="checkbox" checked={draft.coversFuture} onChange={(event) => set({ coversFuture: event.target.checked })} />
          Also for components that come later
        </label>
      )}
      {needsSecond(draft, targets) && (
        <p className={styles['notice']}>
          A second person must confirm before it counts: somebody who may approve for {teamsOf(targets)}, and neither decided nor bears the risk.
        </p>
      )}
      {isOfVulnerability && (
        <div>
          <div className={styles['label']}>
            Will be written as <span>CycloneDX 1.6 VEX</span>
          </div>
          <pre className={styles['preview']}>{`"analysis": ${JSON.stringify(analysisOf(draft), null, 2)}`}</pre>
        </div>
      )}
    </div>
  );
}

type StatesProps = {
  readonly verdicts: readonly (Verdict | null)[];
  readonly isOfVulnerability: boolean;
  readonly verdict: Verdict | null;
  readonly onChoose: (verdict: Verdict) => void;
};

function States({ verdicts, isOfVulnerability, verdict, onChoose }: StatesProps) {
  const name = useId();
  return (
    <fieldset>
      <legend className="hidden">State</legend>
      <div className={styles['label']} aria-hidden="true">
        State {isOfVulnerability && <code>analysis.state</code>}
      </div>
      <div className={styles['states']}>
        {verdicts.map(
          (each, at) =>
            each !== null && (
              <label key={each} data-on={verdict === each || undefined}>
                <input type="radio" name={name} checked={verdict === each} onChange={() => onChoose(each)} />
                {isOfVulnerability ? verdictWords[each] : (ruleVerdictWords[each] ?? verdictWords[each])}
                {isOfVulnerability && <code>{analysisStates[each]}</code>}
                <kbd>{at + 1}</kbd>
              </label>
            ),
        )}
      </div>
    </fieldset>
  );
}

type InCycloneDxProps = { readonly draft: Draft; readonly set: (part: Partial<Draft>) => void; readonly id: string };

/** What CycloneDX asks of a vulnerability beside its state: what follows, and why it does not hit. */
function InCycloneDx({ draft, set, id }: InCycloneDxProps) {
  return (
    <>
      <fieldset>
        <legend className="hidden">Response</legend>
        <div className={styles['label']} aria-hidden="true">
          Response <code>analysis.response</code>
        </div>
        <div className={styles['responses']}>
          {responsesOffered.map((response) => {
            const isOn = draft.responses.includes(response);
            const next = isOn ? draft.responses.filter((each) => each !== response) : [...draft.responses, response];
            return (
              <button key={response} type="button" aria-pressed={isOn} onClick={() => set({ responses: next })}>
                {isOn && '✓ '}
                {response}
              </button>
            );
          })}
        </div>
      </fieldset>
      <div>
        <label className={styles['label']} htmlFor={`${id}why`}>
          Justification <span>only for Not affected</span>
        </label>
        <select
          id={`${id}why`}
          className="field"
          data-justification
          disabled={draft.verdict !== 'not-affected'}
          value={draft.justification ?? ''}
          onChange={(event) => set({ justification: event.target.value === '' ? null : (event.target.value as Justification) })}
        >
          <option value="">{draft.verdict === 'not-affected' ? 'Choose why' : 'Not applicable'}</option>
          {Object.entries(justificationWords).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </div>
    </>
  );
}

type TextProps = {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  /** By which a key finds it. */
  readonly mark: string;
  readonly onChange: (text: string) => void;
};

function Text({ id, label, hint, value, mark, onChange }: TextProps) {
  return (
    <div>
      <label className={styles['label']} htmlFor={id}>
        {label} <span>{hint}</span>
      </label>
      <textarea
        id={id}
        className="field"
        data-field={mark}
        maxLength={10_000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </div>
  );
}

type AppliesToProps = { readonly id: string; readonly targets: Targets; readonly reach: Reach; readonly onChange: (reach: Reach) => void };

function AppliesTo({ id, targets, reach, onChange }: AppliesToProps) {
  const offered = reachesOf(targets);
  return (
    <div>
      <label className={styles['label']} htmlFor={id}>
        Applies to
      </label>
      <select
        id={id}
        className="field"
        value={offered.includes(reach) ? reach : 'these'}
        onChange={(event) => onChange(offered.find((each) => each === event.target.value) ?? 'these')}
      >
        {offered.map((each) => (
          <ReachOption key={each} reach={each} targets={targets} />
        ))}
      </select>
    </div>
  );
}

/** One reach with how many open findings it means now. */
function ReachOption({ reach, targets }: { readonly reach: Reach; readonly targets: Targets }) {
  const [first] = targets.findings;
  const words = {
    these: {},
    component: { component: first?.component.ref, advisory: first?.advisory?.key },
    team: { team: first?.team ?? undefined, package: first?.package?.purl, advisory: first?.advisory?.key },
    everywhere: { package: first?.package?.purl, advisory: first?.advisory?.key },
  }[reach];
  const query = useQuery({ ...ask('/v1/findings', {}, { ...words, limit: '1' }), enabled: reach !== 'these' });
  const named = {
    these: targets.count === 1 ? 'This one' : `These ${count(targets.count)}`,
    component: 'This component',
    team: `Team ${first?.team ?? ''}`,
    everywhere: 'Everywhere',
  }[reach];
  return (
    <option value={reach}>
      {named}
      {reach !== 'these' && query.data !== undefined && ` (${count(query.data.total)})`}
    </option>
  );
}

function teamsOf({ findings }: Targets): string {
  const teams = new Set(findings.flatMap((finding) => finding.team ?? []));
  return teams.size === 0 ? 'the office' : [...teams].join(', ');
}
