import { Link } from '../parts/link.tsx';
import { Empty } from '../parts/page-state.tsx';

/** What an address without a page shows. */
export function NotFound() {
  return (
    <Empty title="There is no page at this address.">
      The link may be old or mistyped.{' '}
      <Link className="link" href="/">
        Go to the overview
      </Link>
    </Empty>
  );
}
