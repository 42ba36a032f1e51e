import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { ConditionLines } from '../../parts/condition-lines.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { Panel } from '../../parts/panel.tsx';

const shown = '20';

/** On which conditions the council permits something in a component: open, met with what showed it, or late. Nothing where there are none to see. */
export function Conditions({ component }: { readonly component: string }) {
  const session = useQuery(ask('/v1/session'));
  const mayRead = session.data?.permissions.includes('council:read') === true;
  const query = useQuery({ ...ask('/v1/council/conditions', {}, { component, limit: shown }), enabled: mayRead });
  const conditions = query.data?.items.filter((each) => each.state !== 'dropped') ?? [];
  if (conditions.length === 0) return null;
  return (
    <Panel
      title="Conditions of the council"
      about="On which something is permitted here."
      actions={
        <Link className="button" data-size="small" href={listHref('/council', { view: 'conditions' })}>
          All conditions
        </Link>
      }
    >
      <ConditionLines conditions={conditions} withCase />
    </Panel>
  );
}
