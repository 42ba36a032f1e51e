import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { totalOf } from '../../parts/glyph.tsx';
import { Link } from '../../parts/link.tsx';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { UpgradeTable, leverageFormula } from '../../parts/upgrade-table.tsx';
import { count, counted, percent } from '../../parts/words.ts';

const shown = 6;

/** The six upgrades that close most for least effort, over the whole estate. */
export function FixLeverage() {
  const query = useQuery(ask('/v1/leverage', {}, { limit: String(shown) }));
  const list = query.data;
  // A finding is of one package, so that no two rows close the same one: their union is their sum.
  const closed = list?.items.reduce((sum, each) => sum + each.closes, 0) ?? 0;
  const all = list === undefined ? 0 : totalOf(list.findings);
  return (
    <Panel
      title="Fix leverage"
      about={
        <span title={leverageFormula}>
          One change, most findings closed{list !== undefined && `. Top ${count(list.items.length)} of ${counted(list.total, 'package')}`}
        </span>
      }
      flush
      footer={
        all > 0 && (
          <>
            <span>
              Together they close {count(closed)} of{' '}
              <Link className="rows" href="/findings">
                {count(all)}
              </Link>{' '}
              ({percent(closed / all)})
            </span>
            <Link className="link" href="/upgrades">
              All upgrades, by team
            </Link>
          </>
        )
      }
    >
      <Answered query={query} what="the upgrades" rows={shown}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No open finding.">Read it together with the coverage above.</Empty>
          ) : (
            <UpgradeTable caption="Fix leverage" upgrades={items} />
          )
        }
      </Answered>
    </Panel>
  );
}
