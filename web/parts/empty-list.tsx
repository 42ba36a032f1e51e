import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from './api.ts';
import { Link } from './link.tsx';
import { Empty } from './page-state.tsx';

/** Says that a list has no rows. In an office that has read nothing yet, how to begin; else what its page says. */
export function EmptyList({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { data } = useQuery(ask('/v1/estate'));
  if (data?.components !== 0) return <Empty title={title}>{children}</Empty>;
  return (
    <Empty title="Nothing was read yet.">
      <Link className="link" href="/">
        The overview
      </Link>{' '}
      says how to begin.
    </Empty>
  );
}
