import type { Problem } from '#server/schemas/problem.ts';
import { Glyph } from './glyph.tsx';
import styles from './imported.module.css';

/** What of a file that was sent could not be taken: it was left out. */
export function ReadProblems({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <ul className={styles['problems']}>
      {problems.map((problem, at) => (
        // One file may have the same problem twice.
        <li key={`${String(at)} ${problem.message}`}>
          <Glyph kind={problem.severity === 'error' ? 'failing' : 'watch'} />
          <span>
            {problem.message} <code className="faint micro">{problem.code}</code>
          </span>
        </li>
      ))}
    </ul>
  );
}
