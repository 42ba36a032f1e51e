import type { ProblemRow } from '#server/schemas/problem.ts';
import { Age } from './certainty.tsx';
import { Glyph } from './glyph.tsx';
import { Link, receiptHref } from './link.tsx';
import styles from './problem-lines.module.css';

/** Problems as lines: what is wrong and the next step, where, since when. */
export function ProblemLines({ problems }: { readonly problems: readonly ProblemRow[] }) {
  return (
    <ul className={styles['lines']}>
      {problems.map((problem) => (
        <li key={`${problem.receipt} ${problem.path} ${problem.line} ${problem.code} ${problem.message}`}>
          <Glyph kind={problem.severity === 'error' ? 'failing' : 'watch'} />
          <span className="stack">
            <span>
              <span className="hidden">{problem.severity}: </span>
              {problem.message}
            </span>
            <span className="faint micro">
              <code>{problem.code}</code>
              {problem.path !== null && ` · ${problem.path}${problem.line === null ? '' : `:${problem.line}`}`}
              {problem.component !== null && ` · ${problem.component.name}`}
            </span>
          </span>
          <Link className="quiet micro" href={receiptHref(problem.receipt)} title="Open the receipt">
            <Age at={problem.at} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
