import type { PackageVerdict, Verdict, Verdicts } from '#server/schemas/licence.ts';
import styles from './by-verdict.module.css';
import { Link, listHref } from './link.tsx';
import { PolicyVerdict, policyVerdictsShown } from './policy-verdict.tsx';
import { counted } from './words.ts';

const shownAtOnce = 6;

type ByVerdictProps = {
  readonly verdicts: Verdicts;
  /** Ref of the component that it is asked for; null for none. */
  readonly component: string | null;
  readonly nameOf: (one: PackageVerdict) => string;
};

/** Package versions by their verdict, worst first; each opens the page that says why. What is permitted stays folded. */
export function ByVerdict({ verdicts, component, nameOf }: ByVerdictProps) {
  return (
    <ul className={styles['list']}>
      {policyVerdictsShown
        .filter((verdict) => verdicts.counts[verdict] > 0)
        .map((verdict) => (
          <li key={verdict}>
            <Folded verdict={verdict} all={verdicts.packages.filter((each) => each.verdict === verdict)} component={component} nameOf={nameOf} />
          </li>
        ))}
    </ul>
  );
}

type FoldedProps = Omit<ByVerdictProps, 'verdicts'> & { readonly verdict: Verdict; readonly all: readonly PackageVerdict[] };

function Folded({ verdict, all, component, nameOf }: FoldedProps) {
  return (
    <details open={verdict !== 'allowed' && verdict !== 'conditions' && all.length <= shownAtOnce}>
      <summary>
        <PolicyVerdict verdict={verdict} /> <span className="faint">{counted(all.length, 'package version')}</span>
      </summary>
      <ul className={styles['versions']}>
        {all.map((each) => (
          <li key={each.purl}>
            <Link className="rows" href={listHref('/may-i-use', { package: each.purl, for: component ?? undefined })}>
              {nameOf(each)}
            </Link>{' '}
            <span className="faint">{each.licence ?? 'licence not known'}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
