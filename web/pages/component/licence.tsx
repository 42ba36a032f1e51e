import { useQuery } from '@tanstack/react-query';
import { packageOfPurl } from '#language/purl.ts';
import { askVerdicts } from '../../parts/ask-verdicts.ts';
import { ByVerdict } from '../../parts/by-verdict.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';

/** What the IP policy says of all that a component uses, as it is delivered; each package version opens the page that says why. */
export function Licence({ component }: { readonly component: string }) {
  const query = useQuery(askVerdicts({ component }));
  return (
    <Panel
      title="Licence"
      about={query.data === undefined ? 'policy verdicts' : `policy verdicts under ${query.data.policy}`}
      actions={
        <Link className="button" data-size="small" href={listHref('/may-i-use', { for: component })}>
          May I use…?
        </Link>
      }
    >
      <Answered query={query} what="the verdicts" rows={2}>
        {(verdicts) =>
          verdicts.packages.length === 0 ? (
            <p className="faint">No package version in use is known.</p>
          ) : (
            <ByVerdict verdicts={verdicts} component={component} nameOf={({ purl }) => nameAndVersionOf(purl)} />
          )
        }
      </Answered>
    </Panel>
  );
}

function nameAndVersionOf(purl: string): string {
  const named = packageOfPurl(purl);
  return named === null ? purl : [named.name, named.version].filter((each) => each !== null).join(' ');
}
