import { useQuery } from '@tanstack/react-query';
import type { ComponentDetail } from '#server/schemas/component.ts';
import type { Upgrade } from '#server/schemas/leverage.ts';
import { ask } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { Link, componentHref, listHref } from '../../parts/link.tsx';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { UpgradeTable, leverageFormula } from '../../parts/upgrade-table.tsx';
import { count, counted } from '../../parts/words.ts';

/** What to raise in one component, and through which direct dependency. Nothing for a component that was never read, or for a past day. */
export function WhatToDo({ component }: { readonly component: ComponentDetail }) {
  const [search] = useSearchParams();
  const query = useQuery({ ...ask('/v1/leverage', {}, { component: component.ref, limit: '20' }), enabled: component.findings !== null });
  if (component.findings === null || search['asOf'] !== undefined) return null;
  const list = query.data;
  const all = listHref('/findings', { component: component.ref });
  return (
    <Panel
      title="What to do"
      about={<span title={leverageFormula}>The smallest safe upgrades among versions known here, most closed for least effort first</span>}
      flush
      footer={
        list !== undefined &&
        list.total > 0 && (
          <span>
            {counted(list.total, 'upgrade')} close {count(list.closes)} of{' '}
            <Link className="rows" href={all}>
              {counted(sumOf(list.findings), 'open finding')}
            </Link>
            {list.total > list.items.length && (
              <>
                {' · '}
                <Link className="link" href={listHref('/upgrades', { component: component.ref })}>
                  All {count(list.total)}
                </Link>
              </>
            )}
          </span>
        )
      }
    >
      <Answered query={query} what="the upgrades" rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="Nothing to raise: no open finding.">Read it together with the coverage.</Empty>
          ) : (
            <UpgradeTable
              caption="Upgrades"
              upgrades={items}
              extra={{ head: 'Comes by', cell: (upgrade) => <By upgrade={upgrade} component={component.ref} /> }}
            />
          )
        }
      </Answered>
    </Panel>
  );
}

function By({ upgrade, component }: { readonly upgrade: Upgrade; readonly component: string }) {
  const { broughtBy } = upgrade;
  if (broughtBy === null) return <Unknown />;
  const [first, ...others] = broughtBy.by;
  const words = [
    ...(broughtBy.isDirect ? ['direct'] : []),
    ...(first === undefined ? [] : [`${first.name} ${first.version ?? ''}`.trim() + (others.length > 0 ? ` and ${String(others.length)} more` : '')]),
  ];
  const text = words.length === 0 ? <Unknown why="The file does not tell what brings it">unknown</Unknown> : words.join(', ');
  return (
    <Link className="rows" href={`${componentHref(component)}?why=${encodeURIComponent(upgrade.purl)}`} title="Why is it here">
      {text}
    </Link>
  );
}

function sumOf(findings: Upgrade['findings']): number {
  return findings.critical + findings.high + findings.unknown + findings.medium + findings.low;
}
