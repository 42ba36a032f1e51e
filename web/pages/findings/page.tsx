import { useState } from 'react';
import { flushSync } from 'react-dom';
import { inWords } from '../../parts/api.ts';
import { KeyHints } from '../../parts/key-hints.tsx';
import { useKeys } from '../../parts/keys.ts';
import { Answered } from '../../parts/page-state.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { announce } from '../../parts/undo.ts';
import { count, day } from '../../parts/words.ts';
import { Approvals } from './approvals.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { DecisionForm } from './decision-form.tsx';
import { areVulnerabilities, verdictsByKey, verdictsFor, withVerdict } from './decision-draft.ts';
import { assign, holdClocks, ticketText } from './desk-actions.ts';
import { approvalsView, filtersOf } from './desk-views.ts';
import { Detail } from './detail.tsx';
import type { DetailActions } from './detail-actions.ts';
import styles from './findings.module.css';
import { HoldDialog } from './hold-dialog.tsx';
import { ListPane, filterWords, usualOrder } from './list-pane.tsx';
import { isSame, nothingSelected, targetsOf, toggled } from './selection.ts';
import type { Selection } from './selection.ts';
import { say, useDeciding, useMe, useOpenFinding } from './use-desk.ts';
import { useFindings } from './use-findings.ts';
import { ViewTabs } from './view-tabs.tsx';

/** The desk: what waits at the left, the open finding in the middle, the decision at the right. */
export function Page() {
  const [search] = useSearchParams();
  return (
    <div className={styles['page']}>
      <h1 className="hidden">Findings</h1>
      <ViewTabs />
      {search['view'] === approvalsView ? <Approvals /> : <Desk />}
    </div>
  );
}

function Desk() {
  const [search, change] = useSearchParams();
  const asOf = search['asOf'];
  const filters = filtersOf(search, Object.keys(filterWords));
  const sort = search['sort'] ?? usualOrder;
  const list = useFindings(filters, sort, true);
  const { findings } = list;
  const open = search['id'] ?? findings[0]?.id;
  const { detail, desk, at, readOnly } = useOpenFinding(open, findings, asOf);
  const me = useMe();
  const [selection, setSelection] = useState<Selection>(nothingSelected);
  const [focus, setFocus] = useState(0);
  const [isFormOpen, setFormOpen] = useState(false);
  const [arePathsOpen, setPathsOpen] = useState(false);
  const [dialog, setDialog] = useState<'assign' | 'not-mine' | 'hold' | null>(null);
  const shown = findings[at] ?? detail.data;
  const targets = targetsOf(selection, shown);
  const show = (finding: { readonly id: string } | undefined) => {
    if (finding === undefined) return;
    change({ id: finding.id }, 'replace');
    setFocus(focus + 1);
  };
  const goOn = () => {
    const done = new Set(targets?.findings.map((finding) => finding.id));
    const isDone = (finding: (typeof findings)[number]) =>
      done.has(finding.id) || (targets?.isSame === true && targets.findings.some((each) => isSame(each, finding)));
    setSelection(nothingSelected);
    setFormOpen(false);
    show(
      findings.slice(at + 1).find((each) => !isDone(each)) ?? findings.slice(0, Math.max(0, at)).findLast((each) => !isDone(each)) ?? findings[at],
    );
  };
  const deciding = useDeciding({
    targets,
    desk: desk.data,
    refetchDesk: async () => (await desk.refetch()).data,
    onRecorded: goOn,
  });
  const { draft, setDraft } = deciding;
  const selectSame = () => {
    if (detail.data?.advisory == null || shown === undefined) return;
    setSelection({ kind: 'same', like: shown, total: detail.data.elsewhere + 1 });
  };
  const given =
    targets === null ? [] : targets.isSame ? findings.filter((each) => targets.findings.some((like) => isSame(like, each))) : targets.findings;
  const choose = (key: number) => {
    const verdict = targets === null ? null : verdictsFor(targets)[key - 1];
    if (verdict == null || targets === null || readOnly !== null) return;
    flushSync(() => {
      setDraft(withVerdict(draft, verdict, new Date(), areVulnerabilities(targets)));
      setFormOpen(true);
    });
    if (verdict === 'not-affected') focusField('[data-justification]');
  };
  const known = readOnly === null ? desk.data : undefined;
  const copyTicket = () => {
    if (detail.data === undefined) return;
    const text = ticketText(detail.data, location.href);
    const failed = () => announce('This browser gives no clipboard here. Open the page by HTTPS.');
    if (!('clipboard' in navigator)) failed();
    else navigator.clipboard.writeText(text).then(() => announce('Copied: the words of a ticket.'), failed);
  };
  const actions: DetailActions | null =
    known === undefined
      ? null
      : {
          onSelectSame: selectSame,
          onTicket: copyTicket,
          onAssign: () => setDialog('assign'),
          onNotMine: () => {
            assign(given, null, undefined, deciding.refresh).then(
              async () => {
                setDialog('not-mine');
                await deciding.refresh();
              },
              (error: unknown) => announce(`Not given back: ${inWords(error)}`),
            );
          },
          onHold: () => setDialog('hold'),
          onComment: async (text) => {
            await say(known, text);
            await deciding.refresh();
          },
          onSuggest: ({ verdict, justification, responses, reason, control, by }) =>
            setDraft({ ...draft, verdict, justification, responses, reason: reason ?? '', control: control ?? '', suggestedBy: by.name }),
        };
  useKeys({
    j: () => show(findings[at + 1]),
    k: () => show(findings[at - 1]),
    s: () => show(findings[at + 1]),
    x: () => shown !== undefined && setSelection(toggled(selection, [shown])),
    'shift+a': selectSame,
    ...Object.fromEntries(verdictsByKey.map((_, key) => [String(key + 1), () => choose(key + 1)])),
    r: () => {
      flushSync(() => setFormOpen(true));
      focusField('[data-field="reason"]');
    },
    d: () => setFormOpen(!isFormOpen),
    a: () => known !== undefined && setDialog('assign'),
    z: () => known !== undefined && setDialog('hold'),
    t: copyTicket,
    p: () => setPathsOpen(!arePathsOpen),
    'mod+Enter': deciding.record,
    Escape: () => {
      if (isFormOpen) setFormOpen(false);
      else setSelection(nothingSelected);
    },
  });
  return (
    <>
      <div className={styles['panes']} data-form-open={isFormOpen || undefined}>
        <ListPane list={list} filters={filters} sort={sort} open={open} focus={focus} selection={selection} onSelect={setSelection} />
        {open !== undefined && (
          <section className={styles['detail']} aria-label="The open finding">
            <Answered query={detail} what="the finding">
              {(finding) => (
                <>
                  {asOf !== undefined && (
                    <p className={styles['past']}>
                      As it stood at the end of {day(asOf)}, as known now. Severity and owner are today’s; the path to it is told for now only.
                    </p>
                  )}
                  <Detail
                    finding={finding}
                    desk={desk.data}
                    place={at === -1 ? null : `${at + 1} of ${count(list.total)}`}
                    arePathsOpen={arePathsOpen && asOf === undefined}
                    actions={actions}
                  />
                </>
              )}
            </Answered>
          </section>
        )}
        {targets !== null && (
          <div className={styles['decision']}>
            <DecisionForm
              targets={targets}
              draft={draft}
              onDraft={setDraft}
              desk={desk.data}
              me={me}
              readOnly={readOnly}
              failure={deciding.failure}
              isSending={deciding.isSending}
              onRecord={deciding.record}
              onSkip={() => show(findings[at + 1])}
            />
          </div>
        )}
      </div>
      <footer className={styles['foot']}>
        <KeyHints hints={hints} />
        {targets !== null && (
          <button
            type="button"
            className={`button ${styles['drawer']}`}
            data-size="small"
            aria-expanded={isFormOpen}
            onClick={() => setFormOpen(!isFormOpen)}
          >
            {isFormOpen ? 'Close the decision' : 'Decide'} <kbd>D</kbd>
          </button>
        )}
      </footer>
      {(dialog === 'assign' || dialog === 'not-mine') && (
        <AssignDialog
          count={given.length}
          isGivenBack={dialog === 'not-mine'}
          me={me}
          first={[...(me === undefined ? [] : [me]), ...(desk.data?.deciders ?? []).filter((each) => each.id !== me?.id)]}
          onAssign={async (to) => {
            await assign(given, to, undefined, deciding.refresh);
            await deciding.refresh();
          }}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'hold' && (
        <HoldDialog
          count={given.length}
          onHold={async (hold) => {
            await holdClocks(given, hold, deciding.refresh);
            await deciding.refresh();
          }}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}

const hints = [
  [['J', 'K'], 'next, previous'],
  [['X'], 'select'],
  [['Shift', 'A'], 'same finding'],
  [['1', '6'], 'state'],
  [['R'], 'reason'],
  [['A'], 'assign'],
  [['Z'], 'snooze'],
  [['U'], 'undo'],
  [['?'], 'all shortcuts'],
] as const;

/** Gives the focus to a field of the form at once: what is typed next must not be taken for keys. */
function focusField(selector: string): void {
  document.querySelector<HTMLElement>(`[data-form] ${selector}`)?.focus();
}
