import { IconPackage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { PackageDetail } from '#server/schemas/package.ts';
import { ask } from '../../parts/api.ts';
import { EvidenceLine } from '../../parts/certainty.tsx';
import { EntityHead } from '../../parts/entity-head.tsx';
import { ownersInWords } from '../../parts/owners-in-words.ts';
import { Answered } from '../../parts/page-state.tsx';
import { usePathParam, useSearchParams } from '../../parts/search-params.ts';
import { counted, ecosystemWord } from '../../parts/words.ts';
import { ExposureOverTime } from './exposure.tsx';
import { Ladder } from './ladder.tsx';
import { Owners } from './owners.tsx';
import styles from './package-page.module.css';
import { Users } from './users.tsx';

/** One package: where it is, which versions are hit, whom to call. */
export function Page() {
  const purl = usePathParam('purl');
  const [search] = useSearchParams();
  const query = useQuery(ask('/v1/packages/:purl', { purl }, { asOf: search['asOf'] }));
  return (
    <Answered query={query} what="the package">
      {(one) => <Blocks one={one} />}
    </Answered>
  );
}

function Blocks({ one }: { readonly one: PackageDetail }) {
  return (
    <>
      <EntityHead
        icon={IconPackage}
        name={one.name}
        badges={<Badges one={one} />}
        about={
          <>
            <code>{one.purl}</code> · {counted(one.components, 'component')} of {ownersInWords(one.owners.map((owner) => owner.team))}
          </>
        }
        actions={<EvidenceLine share={one.coverage} what="of the estate read" at={one.advisoriesAt} />}
      />
      <div className={styles['page']}>
        <div className={styles['upper']}>
          <Ladder one={one} />
          <Owners one={one} />
        </div>
        <ExposureOverTime one={one} />
        <Users one={one} />
      </div>
    </>
  );
}

function Badges({ one }: { readonly one: PackageDetail }) {
  return (
    <>
      <span className="badge">{ecosystemWord(one.ecosystem)}</span>
      {one.advisories.some((advisory) => advisory.kev !== null) && (
        <span className="badge" data-tone="critical">
          Exploited in the wild
        </span>
      )}
      {one.licences.map((licence) => (
        <span key={licence} className="badge">
          {licence}
        </span>
      ))}
    </>
  );
}
