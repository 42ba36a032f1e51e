import { useRef, useState, type KeyboardEvent } from 'react';
import type { IpPolicy, IpRule } from '#model/ip-policy.ts';
import { deliveries, policyVerdicts, type PolicyVerdict as Verdict } from '#model/licence.ts';
import table from '../../parts/plain-table.module.css';
import { PolicyVerdict, deliveryWords } from '../../parts/policy-verdict.tsx';
import { counted } from '../../parts/words.ts';
import { BesideChoice } from './beside-choice.tsx';
import { Choices } from './choices.tsx';
import type { FormPart } from './form-part.ts';
import styles from './ip-policy.module.css';
import { decidingLines, verdictsOf, withVerdict, type Beside, type Said, type Use } from './lines.ts';

type Cell = { readonly row: number; readonly column: number };
type Chosen = { readonly from: Cell; readonly to: Cell };

const letters: Readonly<Record<string, Verdict>> = { a: 'allowed', c: 'conditions', r: 'review', u: 'unknown', d: 'denied' };

/** Verdicts by category and delivery, to be changed where they stand: cells are chosen by arrow keys, with Shift several, and a letter says the verdict. */
export function VerdictGrid({ policy, change }: FormPart) {
  const [beside, setBeside] = useState<Beside>({ linking: null, modified: null });
  const [chosen, setChosen] = useState<Chosen>({ from: { row: 0, column: 0 }, to: { row: 0, column: 0 } });
  const grid = useRef<HTMLTableElement>(null);
  const uses = usesIn(policy, chosen);
  const say = (said: Said) => change(withVerdict(policy, uses, beside, said));
  const onKey = (event: KeyboardEvent) => {
    const { row, column } = chosen.to;
    const steps: Readonly<Record<string, Cell>> = {
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      Home: { row, column: 0 },
      End: { row, column: deliveries.length - 1 },
    };
    const verdict = event.ctrlKey || event.metaKey || event.altKey ? undefined : letters[event.key.toLowerCase()];
    const to = steps[event.key];
    if (to === undefined && verdict === undefined) return;
    event.preventDefault();
    if (verdict !== undefined) say(usual(policy, uses, beside, verdict));
    if (to === undefined || to.row < 0 || to.row >= policy.categories.length || to.column < 0 || to.column >= deliveries.length) return;
    setChosen({ from: event.shiftKey ? chosen.from : to, to });
    grid.current?.querySelector<HTMLElement>(`[data-cell="${String(to.row)} ${String(to.column)}"]`)?.focus();
  };
  return (
    <div className={styles['form']}>
      <div className="line">
        <BesideChoice
          {...beside}
          onLinking={(linking) => setBeside({ ...beside, linking })}
          onModified={(modified) => setBeside({ ...beside, modified })}
        />
        <span className="faint">
          Arrow keys, Shift for several; <kbd>A</kbd> allowed, <kbd>C</kbd> conditions, <kbd>R</kbd> review, <kbd>U</kbd> unknown, <kbd>D</kbd>{' '}
          denied.
        </span>
      </div>
      <div className={styles['matrix']}>
        <table
          ref={grid}
          className={table['table']}
          role="grid"
          aria-label="Verdicts by category and delivery"
          aria-multiselectable="true"
          onKeyDown={onKey}
        >
          <thead>
            <tr>
              <th scope="col">Category</th>
              {deliveries.map((each) => (
                <th key={each} scope="col">
                  {deliveryWords[each]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {policy.categories.map(({ id, title, means }, row) => (
              <tr key={id}>
                <th scope="row" title={means}>
                  {title}
                </th>
                {deliveries.map((delivery, column) => {
                  const isFocused = chosen.to.row === row && chosen.to.column === column;
                  const verdicts = verdictsOf(policy, { category: id, delivery }, beside);
                  return (
                    <td
                      key={delivery}
                      data-cell={`${String(row)} ${String(column)}`}
                      aria-selected={isIn(chosen, { row, column })}
                      tabIndex={isFocused ? 0 : -1}
                      onClick={(event) => {
                        const to = { row, column };
                        setChosen({ from: event.shiftKey ? chosen.from : to, to });
                        event.currentTarget.focus();
                      }}
                    >
                      {verdicts.map((verdict) => (
                        <PolicyVerdict key={verdict} verdict={verdict} />
                      ))}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ChosenUses
        key={`${JSON.stringify([uses, beside])} ${linesText(policy, uses, beside)}`}
        policy={policy}
        uses={uses}
        beside={beside}
        say={say}
      />
    </div>
  );
}

function usesIn(policy: IpPolicy, { from, to }: Chosen): readonly Use[] {
  return policy.categories.flatMap(({ id }, row) =>
    deliveries.flatMap((delivery, column) => (isIn({ from, to }, { row, column }) ? [{ category: id, delivery }] : [])),
  );
}

function isIn({ from, to }: Chosen, { row, column }: Cell): boolean {
  const isBetween = (at: number, a: number, b: number): boolean => at >= Math.min(a, b) && at <= Math.max(a, b);
  return isBetween(row, from.row, to.row) && isBetween(column, from.column, to.column);
}

function linesOf(policy: IpPolicy, uses: readonly Use[], beside: Beside): readonly IpRule[] {
  return [...new Set(uses.flatMap((use) => decidingLines(policy, use, beside)))].filter((line) => line !== null);
}

function linesText(policy: IpPolicy, uses: readonly Use[], beside: Beside): string {
  return linesOf(policy, uses, beside)
    .map(({ id, verdict }) => `${id} ${verdict}`)
    .join();
}

/** What is said of a verdict that is only named by its letter: what a line that gives it says of one of these categories, else a sentence to be written anew. */
function usual(policy: IpPolicy, uses: readonly Use[], beside: Beside, verdict: Verdict): Said {
  const categories = new Set(uses.map(({ category }) => category));
  const alike = policy.rules.find((rule) => rule.verdict === verdict && (rule.categories ?? []).some((each) => categories.has(each)));
  const now = linesOf(policy, uses, beside)[0];
  return {
    verdict,
    because: alike?.because ?? 'counsel decided so.',
    obligations: alike?.obligations ?? now?.obligations ?? [],
  };
}

type ChosenProps = { readonly policy: IpPolicy; readonly uses: readonly Use[]; readonly beside: Beside; readonly say: (said: Said) => void };

/** The lines that decide what is chosen, and one to decide it anew. */
function ChosenUses({ policy, uses, beside, say }: ChosenProps) {
  const lines = linesOf(policy, uses, beside);
  const [first] = lines;
  const [verdict, setVerdict] = useState<Verdict>(first?.verdict ?? policy.otherwise);
  const [because, setBecause] = useState(first?.because ?? '');
  const [obligations, setObligations] = useState<readonly string[]>(first?.obligations ?? []);
  const categories = [...new Set(uses.map(({ category }) => policy.categories.find(({ id }) => id === category)?.title ?? category))];
  const ways = [...new Set(uses.map(({ delivery }) => deliveryWords[delivery]))];
  return (
    <form
      className={styles['chosen']}
      aria-label="What is chosen"
      onSubmit={(event) => {
        event.preventDefault();
        say({ verdict, because, obligations });
      }}
    >
      <p>
        <b className="name">{counted(uses.length, 'use')}</b>: {categories.join(', ')} × {ways.join(', ')}.{' '}
        <span className="faint">
          {lines.length === 0
            ? 'No line decides it.'
            : `Decided by ${lines.map(({ id }) => id).join(', ')}${lines.length > 1 ? ': what is not looked at makes a difference.' : '.'}`}
        </span>
      </p>
      <fieldset className={styles['options']}>
        <legend>Verdict</legend>
        {policyVerdicts.map((each) => (
          <label key={each} className="check">
            <input type="radio" name="verdict" checked={verdict === each} onChange={() => setVerdict(each)} />
            <PolicyVerdict verdict={each} />
          </label>
        ))}
      </fieldset>
      <label className={styles['wide']}>
        Because
        <input className="field" value={because} required maxLength={500} onChange={(event) => setBecause(event.target.value)} />
      </label>
      <Choices legend="Obligations that come with it" of={policy.obligations} chosen={obligations} onChange={setObligations} />
      <div className="line">
        <button type="submit" className="button">
          Say so for {counted(uses.length, 'use')}
        </button>
      </div>
    </form>
  );
}
