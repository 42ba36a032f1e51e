import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { UpgradeTable, leverageFormula } from '../../parts/upgrade-table.tsx';

/** The smallest version that closes everything open through the package and opens nothing known. */
export function Advice({ purl }: { readonly purl: string }) {
  const query = useQuery(ask('/v1/leverage', {}, { package: purl, limit: '5' }));
  return (
    <Panel
      title="Upgrade advice"
      about={<span title={leverageFormula}>The least change that closes everything and opens nothing known here</span>}
      flush
    >
      <Answered query={query} what="the advice" rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="Nothing to raise: no open finding.">Read it together with the coverage.</Empty>
          ) : (
            <UpgradeTable caption="Upgrade advice" upgrades={items} />
          )
        }
      </Answered>
    </Panel>
  );
}
