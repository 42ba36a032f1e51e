import type { ComponentFact } from '#server/schemas/component.ts';
import { SourceChip, Unknown } from '../../parts/certainty.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { counted } from '../../parts/words.ts';

/** What is known of a component, by whom, and where they differ. */
export function Facts({ facts }: { readonly facts: readonly ComponentFact[] }) {
  const differ = facts.filter((fact) => valuesOf(fact).length > 1).length;
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
            <tr key={fact.name} data-tone={valuesOf(fact).length > 1 ? 'medium' : undefined}>
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
  const values = valuesOf(fact);
  if (values.length === 0) return 'no source has it';
  if (values.length > 1) return fact.sources.map((source) => `${source.source} says ${source.value}`).join(', ');
  return fact.sources.length === 1 ? '1 source' : `${fact.sources.length} of ${fact.sources.length} agree`;
}

function valuesOf(fact: ComponentFact): readonly string[] {
  return [...new Set(fact.sources.map((source) => source.value))];
}
