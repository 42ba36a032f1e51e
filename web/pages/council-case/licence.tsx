import type { CouncilCaseDetail, LicenceTree } from '#server/schemas/council.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { deliveryWords, policyVerdictWords } from '../../parts/council-words.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import styles from './council-case.module.css';

type View = NonNullable<CouncilCaseDetail['licence']>;

/** What the IP policy says of the licence: the expression as a tree, the verdict in each context, and what it asks for. */
export function Licence({ one }: { readonly one: CouncilCaseDetail }) {
  const { licence } = one;
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
            <Node tree={licence.tree} />
          </ul>
        )}
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

function Node({ tree }: { readonly tree: LicenceTree }) {
  if (tree.kind === 'licence') {
    const [word, glyph] = policyVerdictWords[tree.verdict];
    return (
      <li>
        <span className={styles['leaf']} data-verdict={tree.verdict}>
          <span className="line">
            <Glyph kind={glyph} />
            <code>{tree.licence}</code>
          </span>
          <span className="micro">
            {word}: {tree.because}
          </span>
        </span>
      </li>
    );
  }
  return (
    <li className={styles['branch']}>
      <span className={styles['operator']}>{tree.kind.toUpperCase()}</span>
      <ul>
        {tree.of.map((each, index) => (
          <Node key={index} tree={each} />
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
                    <Verdict verdict={row.verdict} />
                  </b>
                </td>
                {row.leaves.map((verdict, index) => (
                  <td key={index}>
                    <Verdict verdict={verdict} />
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

function Verdict({ verdict }: { readonly verdict: View['contexts'][number]['verdict'] }) {
  const [word, glyph] = policyVerdictWords[verdict];
  return (
    <span className="line">
      <Glyph kind={glyph} />
      {word}
    </span>
  );
}

function leavesOf(tree: LicenceTree): readonly string[] {
  return tree.kind === 'licence' ? [tree.licence ?? ''] : tree.of.flatMap(leavesOf);
}
