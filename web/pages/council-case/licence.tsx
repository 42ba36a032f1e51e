import { useState } from 'react';
import type { CouncilCaseDetail, LicenceTree } from '#server/schemas/council.ts';
import { ActDialog } from '../../parts/act-dialog.tsx';
import { newActId } from '../../parts/act-id.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { deliveryWords, PolicyVerdict, policyVerdictGlyphs, policyVerdictWords } from '../../parts/policy-verdict.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import styles from './council-case.module.css';

type View = NonNullable<CouncilCaseDetail['licence']>;

/** What the IP policy says of the licence: the expression as a tree, the verdict in each context, and what it asks for. */
export function Licence({ one }: { readonly one: CouncilCaseDetail }) {
  const { licence } = one;
  const [rely, choose] = useState<string | null | undefined>(undefined);
  if (licence === null) return null;
  return (
    <>
      <Panel title="Licence expression" about={<code>{licence.text}</code>}>
        {licence.tree === null ? (
          <p>
            <Unknown why={licence.problem ?? undefined}>The verdict is unknown</Unknown>: {licence.problem}
          </p>
        ) : (
          <ul className={styles['tree']}>
            <Node tree={licence.tree} chosen={licence.choice?.rely ?? null} onChoose={one.may.choose ? choose : null} />
          </ul>
        )}
        {licence.choice !== null && (
          <p>
            Relying on <code>{licence.choice.rely}</code>, as counsel chose{licence.choice.council === null ? '' : ` in ${licence.choice.council}`}.{' '}
            {one.may.choose && (
              <button type="button" className="button" data-size="small" onClick={() => choose(null)}>
                Take the choice back…
              </button>
            )}
          </p>
        )}
        {rely !== undefined && <Choose one={one} licence={licence.text} rely={rely} onClose={() => choose(undefined)} />}
      </Panel>
      {licence.tree !== null && <Contexts licence={licence} />}
      {licence.obligations.length > 0 && (
        <Panel title="Obligations" about="What the licences ask for in this case; open where it hangs on what is not known.">
          <ul className={styles['lines']}>
            {licence.obligations.map((each) => (
              <li key={each.id} className={styles['between']}>
                <span>
                  <span className="name">{each.title}.</span> {each.asks}
                </span>
                <span className="badge">{each.state === 'due' ? 'asked for' : 'perhaps'}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

type ChooseProps = {
  readonly one: CouncilCaseDetail;
  readonly licence: string;
  /** What is left once it is chosen; null takes back what was chosen. */
  readonly rely: string | null;
  readonly onClose: () => void;
};

/** Chooses, as counsel, the branch that is relied on, for the package of the case or some of its versions. */
function Choose({ one, licence, rely, onClose }: ChooseProps) {
  const [id] = useState(newActId);
  return (
    <ActDialog
      title={rely === null ? 'Take the choice back' : 'Rely on this branch'}
      about={
        rely === null
          ? `The policy picks the branch of ${licence} again, where it is best.`
          : `Of ${licence} every verdict, duty and notice then rests on ${rely}.`
      }
      act={(said) => ({
        kind: 'choose-licence',
        body: { id, package: one.facts.package, range: said('range') || null, licence, rely, case: one.id },
        words: { reason: said('text') },
      })}
      onClose={onClose}
    >
      <label>
        Versions
        <input className="field mono" name="range" placeholder="all, or such as <2" />
      </label>
      <label>
        Why
        <textarea className="field" name="text" rows={3} required minLength={3} maxLength={10_000} />
      </label>
    </ActDialog>
  );
}

type NodeProps = { readonly tree: LicenceTree; readonly chosen: string | null; readonly onChoose: ((rely: string) => void) | null };

function Node({ tree, chosen, onChoose }: NodeProps) {
  const { rely } = tree;
  const choice = rely !== null && rely !== chosen && onChoose !== null && (
    <button type="button" className="button" data-size="small" aria-label={`Rely on this… branch: ${rely}`} onClick={() => onChoose(rely)}>
      Rely on this…
    </button>
  );
  if (tree.kind === 'licence') {
    return (
      <li>
        <span className={styles['leaf']} data-verdict={tree.verdict} data-left={tree.isReliedOn ? undefined : true}>
          <span className="line">
            <Glyph kind={policyVerdictGlyphs[tree.verdict]} />
            <code>{tree.licence}</code>
          </span>
          <span className="micro">
            {policyVerdictWords[tree.verdict]}: {tree.because}
            {!tree.isReliedOn && ' Not relied on.'}
          </span>
        </span>
        {choice}
      </li>
    );
  }
  return (
    <li className={styles['branch']}>
      <span className={styles['operator']}>{tree.kind.toUpperCase()}</span>
      {choice}
      <ul>
        {tree.of.map((each, index) => (
          <Node key={index} tree={each} chosen={chosen} onChoose={onChoose} />
        ))}
      </ul>
    </li>
  );
}

function Contexts({ licence }: { readonly licence: View }) {
  const leaves = licence.tree === null ? [] : leavesOf(licence.tree);
  return (
    <Panel
      title="Verdict by context"
      about={`Policy ${licence.policy}; the marked row is this case. What is not known of linking and change is taken as the worse.`}
      flush
    >
      <div className={styles['scroll']} role="region" aria-label="Verdict by context" tabIndex={0}>
        <table className={table['table']}>
          <thead>
            <tr>
              <th scope="col">Context of use</th>
              <th scope="col">Result</th>
              {leaves.map((leaf, index) => (
                <th key={index} scope="col">
                  <code>{leaf}</code>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {licence.contexts.map((row) => (
              <tr key={row.delivery} data-this={row.isThis || undefined} className={row.isThis ? styles['this'] : undefined}>
                <th scope="row">
                  {deliveryWords[row.delivery]}
                  {row.isThis && <span className="hidden"> (this case)</span>}
                </th>
                <td>
                  <b className="name">
                    <PolicyVerdict verdict={row.verdict} />
                  </b>
                </td>
                {row.leaves.map((verdict, index) => (
                  <td key={index}>
                    <PolicyVerdict verdict={verdict} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function leavesOf(tree: LicenceTree): readonly string[] {
  return tree.kind === 'licence' ? [tree.licence ?? ''] : tree.of.flatMap(leavesOf);
}
