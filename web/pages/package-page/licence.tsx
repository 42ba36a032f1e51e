import { useQuery } from '@tanstack/react-query';
import type { PackageDetail } from '#server/schemas/package.ts';
import { packageOfPurl, purlOf } from '#language/purl.ts';
import { askVerdicts } from '../../parts/ask-verdicts.ts';
import { ByVerdict } from '../../parts/by-verdict.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';

const mostAsked = 200;

/** What the IP policy says of the versions in use, where nobody says for what; and the way to the question for one component. */
export function Licence({ one }: { readonly one: PackageDetail }) {
  const named = packageOfPurl(one.purl);
  const packages = one.versionsInUse.slice(-mostAsked).flatMap(({ version }) => {
    const purl = version === null || named?.ecosystem == null ? null : purlOf(named.ecosystem, named.name, version);
    return purl === null ? [] : [{ purl }];
  });
  const query = useQuery({ ...askVerdicts({ packages }), enabled: packages.length > 0 });
  return (
    <Panel
      title="Licence"
      about="Policy verdict for every way of delivery; it may be better for one component."
      actions={
        <Link className="button" data-size="small" href={listHref('/may-i-use', { package: one.purl })}>
          May I use it?
        </Link>
      }
    >
      {packages.length === 0 ? (
        <p className="faint">No version in use is known.</p>
      ) : (
        <Answered query={query} what="the verdicts" rows={2}>
          {(verdicts) => <ByVerdict verdicts={verdicts} component={null} nameOf={({ purl }) => packageOfPurl(purl)?.version ?? purl} />}
        </Answered>
      )}
    </Panel>
  );
}
