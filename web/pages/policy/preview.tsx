import type { PolicyPreview } from '#server/schemas/policy.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { Link, componentHref, findingHref } from '../../parts/link.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { count, counted } from '../../parts/words.ts';
import styles from './policy.module.css';

type RulePreview = PolicyPreview['rules'][number];

/** What a policy would do: numbers by rule before and after, the past months, and what moves, with a few findings each. */
export function Preview({ preview }: { readonly preview: PolicyPreview }) {
  return (
    <>
      <Panel title="Preview" about={`${counted(preview.differences.length, 'difference')} · ${preview.hash.slice(0, 12)}`} flush>
        {preview.problems.map(({ place, message }) => (
          <p key={place + message} role="alert">
            <code>{place}</code> {message}
          </p>
        ))}
        <table className={table['table']}>
          <thead>
            <tr>
              {['Rule', 'Use', 'Found', 'Act', 'Attend', 'Track', 'Past twelve months'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rules.map((rule) => (
              <tr key={rule.rule}>
                <th scope="row">
                  <Link className="rows" href={rule.severity === null ? `/findings?rule=${rule.rule}` : `/rules/${rule.rule}`}>
                    {rule.title}
                  </Link>
                </th>
                <td>{both(rule.before.use, rule.after.use)}</td>
                <td>{both(count(rule.before.found), count(rule.after.found))}</td>
                {(['act', 'attend', 'track'] as const).map((ask) => (
                  <td key={ask}>{both(count(rule.before.asks[ask]), count(rule.after.asks[ask]))}</td>
                ))}
                <td>
                  <Past rule={rule} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      {preview.rules
        .filter((rule) => rule.moves.length > 0)
        .map((rule) => (
          <Moves key={rule.rule} rule={rule} />
        ))}
    </>
  );
}

function both(before: string, after: string) {
  return before === after ? before : `${before} → ${after}`;
}

function Past({ rule: { past, pastUnknown } }: { readonly rule: RulePreview }) {
  if (past === null) return <Unknown why={pastUnknown ?? undefined}>not known</Unknown>;
  const most = Math.max(1, ...past.map((point) => point.after));
  const said = past.map((point) => `${point.day}: ${both(count(point.before), count(point.after))}`).join('\n');
  return (
    <svg className={styles['bars']} viewBox="0 0 130 28" role="img" aria-label={said}>
      <title>{said}</title>
      {past.map((point, at) => {
        const height = Math.max(1, (point.after / most) * 28);
        return <rect key={point.day} x={at * 10} y={28 - height} width={8} height={height} />;
      })}
    </svg>
  );
}

function Moves({ rule }: { readonly rule: RulePreview }) {
  return (
    <Panel
      title={`${rule.title}: what changes`}
      about={rule.teams
        .slice(0, 5)
        .map(({ team, after }) => `${team ?? 'no owner'} ${count(after)}`)
        .join(', ')}
      flush
    >
      <table className={table['table']}>
        <tbody>
          {rule.moves.map(({ from, to, findings, samples }) => (
            <tr key={`${from} ${to}`}>
              <th scope="row">
                {counted(findings, 'finding')} from {from} to {to}
              </th>
              <td>
                {samples.map((each) => (
                  <div key={each.component + (each.package ?? '') + each.what}>
                    <Link className="rows" href={each.id === null ? componentHref(each.component) : findingHref(each.id)}>
                      {each.name}
                    </Link>{' '}
                    <span className="faint">{each.what}</span>
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
