import type { PolicyStatus } from '#server/schemas/policy.ts';
import { Empty } from './page-state.tsx';
import table from './plain-table.module.css';
import styles from './waiting-policy.module.css';

type Difference = PolicyStatus['waiting'][number]['differences'][number];

/** Where a policy differs from the one in force, place by place; of lists only what comes and what goes. */
export function PolicyDifferences({ differences }: { readonly differences: readonly Difference[] }) {
  if (differences.length === 0) return <Empty title="It changes nothing." />;
  return (
    <div className={styles['wide']}>
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">Place</th>
            <th scope="col">Now</th>
            <th scope="col">Then</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ place, before, after }) => {
            const [gone, come] = isWords(before) && isWords(after) ? changes(before, after) : [text(before), text(after)];
            return (
              <tr key={place}>
                <th scope="row">
                  <code>{place}</code>
                </th>
                <td>
                  <code>{gone}</code>
                </td>
                <td>
                  <code>{come}</code>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const shownCharacters = 300;

function text(value: unknown): string {
  const said = value === undefined ? 'not said' : isThing(value) ? partsOf(value) : JSON.stringify(value);
  return said.length > shownCharacters ? `${said.slice(0, shownCharacters)}…` : said;
}

function isThing(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A thing that comes or goes whole: its parts one after the other, without its id, which the place says. */
function partsOf(thing: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(thing).filter(([part]) => part !== 'id');
  return parts
    .map(([part, value]) => `${part}: ${isWords(value) ? value.join(', ') : typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('; ');
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** The same words in another order are shown whole. */
function changes(before: readonly string[], after: readonly string[]): readonly [gone: string, come: string] {
  const gone = before.filter((each) => !after.includes(each));
  const come = after.filter((each) => !before.includes(each));
  if (gone.length === 0 && come.length === 0) return [text(before), text(after)];
  return [gone.map((each) => `− ${each}`).join(', '), come.map((each) => `+ ${each}`).join(', ')];
}
