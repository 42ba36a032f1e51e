import { useQuery } from '@tanstack/react-query';
import type { RuleStatus } from '#server/schemas/rule.ts';
import { ask } from '../../parts/api.ts';
import { CoverageBar, Unknown } from '../../parts/certainty.tsx';
import { SeverityWord } from '../../parts/glyph.tsx';
import { Link } from '../../parts/link.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { count, percent } from '../../parts/words.ts';

const useWords = { on: 'Dealt with', metric: 'Counted only', off: 'Off' } as const;

/** Every rule with what it finds now, of how much it knows, and whether its findings are dealt with. */
export function Page() {
  const query = useQuery(ask('/v1/rules'));
  return (
    <div className="page">
      <PageHead
        title="Rules"
        about="How the office judges. What a rule counts is dealt with once a policy uses it; look at a preview first."
        actions={
          <Link className="button" href="/policy">
            Policy and preview
          </Link>
        }
      />
      <Answered query={query} what="rules" rows={8}>
        {({ policy, items }) => (
          <Panel title="Rules of this build" about={`as policy ${String(policy.version)} uses them`} flush>
            <table className={table['table']}>
              <thead>
                <tr>
                  <th scope="col">Rule</th>
                  <th scope="col">Use</th>
                  <th scope="col" className="number">
                    Finds
                  </th>
                  <th scope="col">Severity</th>
                  <th scope="col">Known of what it looks at</th>
                  <th scope="col">Whose business</th>
                </tr>
              </thead>
              <tbody>
                {items.map((rule) => (
                  <Row key={rule.id} rule={rule} />
                ))}
              </tbody>
            </table>
          </Panel>
        )}
      </Answered>
    </div>
  );
}

function Row({ rule }: { readonly rule: RuleStatus }) {
  const { id, title, finds, cannotSee, use, findings, rowsQuery, severity, coverage, remit } = rule;
  return (
    <tr>
      <th scope="row" title={`${finds} It cannot see: ${cannotSee}`}>
        <span className="name">{title}</span> <code className="faint">{id}</code>
        <div className="faint micro">{finds}</div>
      </th>
      <td>{useWords[use]}</td>
      <td className="number">
        {findings === null || rowsQuery === null ? (
          <Unknown why="The policy has it off.">off</Unknown>
        ) : (
          <Link className="rows" href={rowsQuery}>
            {count(findings)}
          </Link>
        )}
      </td>
      <td>{severity === null ? <span className="faint">its own</span> : <SeverityWord severity={severity} />}</td>
      <td>{coverage === null ? <span className="faint">every match</span> : <Coverage coverage={coverage} />}</td>
      <td>
        <Link className="rows quiet" href="/charter">
          {remit.mode}
        </Link>{' '}
        <span className="faint">{remit.system}</span>
      </td>
    </tr>
  );
}

function Coverage({ coverage: { known, total, unit, unknown } }: { readonly coverage: NonNullable<RuleStatus['coverage']> }) {
  if (total === 0) return <Unknown why="There is nothing it could look at.">nothing to look at</Unknown>;
  return (
    <span className="line" title={unknown.map((each) => `${count(each.count)}: ${each.because}`).join('\n')}>
      <CoverageBar share={known / total} width={60} />
      <span>
        {percent(known / total)} of {count(total)} {unit}
      </span>
    </span>
  );
}
