import type { ComponentFact } from '#server/schemas/component.ts';
import { SourceChip, Unknown } from '../../parts/certainty.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { counted } from '../../parts/words.ts';

/** What is known of a component, by whom, and where they differ. */
export function Facts({ facts }: { readonly facts: readonly ComponentFact[] }) {
  const differ = facts.filter(isConflict).length;
  const unknown = facts.filter((fact) => fact.value === null).length;
  return (
    <Panel title="Facts and their sources" about={`${counted(differ, 'conflict')} · ${unknown} unknown`} flush>
      <table className={table['table']}>
        <caption className="hidden">Facts and their sources</caption>
        <thead>
          <tr>
            <th scope="col">Fact</th>
            <th scope="col">In use</th>
            <th scope="col">Sources, winner first</th>
            <th scope="col">Agreement</th>
          </tr>
        </thead>
        <tbody>
          {facts.map((fact) => (
            <tr key={fact.name} data-tone={isConflict(fact) ? 'medium' : undefined}>
              <th scope="row" className="quiet">
                {fact.label}
              </th>
              <td className="name">{fact.value ?? <Unknown why="No source has it">Unknown</Unknown>}</td>
              <td>
                <Chips fact={fact} />
              </td>
              <td className="quiet">{agreementOf(fact)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Chips({ fact }: { readonly fact: ComponentFact }) {
  if (fact.sources.length === 0) return <span className="faint">none</span>;
  return (
    <span className="line">
      {fact.sources.map((source, place) => (
        <SourceChip
          key={`${source.source} ${source.path ?? ''} ${source.line ?? ''}`}
          source={source.source}
          at={source.readAt}
          winner={place === 0}
          stale={source.stale}
        >
          <p className="name">{source.value}</p>
          {source.path !== null && (
            <p>
              <code>
                {source.path}
                {source.line !== null && `:${source.line}`}
              </code>
            </p>
          )}
          {place === 0 && fact.rule !== null && <p className="faint">{fact.rule}</p>}
        </SourceChip>
      ))}
    </span>
  );
}

function agreementOf(fact: ComponentFact): string {
  if (fact.sources.length === 0) return 'no source has it';
  if (isConflict(fact)) return [...bySource(fact)].map(([source, values]) => `${source} says ${[...values].join(' and ')}`).join(', ');
  const sources = bySource(fact).size;
  return sources === 1 ? '1 source' : `${sources} of ${sources} agree`;
}

/** Two sources differ when they have no value in common; one source may well name several, such as two owners. */
function isConflict(fact: ComponentFact): boolean {
  const [first, ...others] = bySource(fact).values();
  return first !== undefined && others.some((values) => values.isDisjointFrom(first));
}

function bySource(fact: ComponentFact): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = Map.groupBy(fact.sources, (each) => each.source);
  return new Map([...groups].map(([source, said]) => [source, new Set(said.map((each) => each.value))]));
}
