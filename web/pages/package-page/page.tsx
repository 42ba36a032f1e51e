import { IconPackage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { PackageDetail } from '#server/schemas/package.ts';
import { ApiError, ask } from '../../parts/api.ts';
import { EvidenceLine } from '../../parts/certainty.tsx';
import { DecisionsPanel } from '../../parts/decisions-panel.tsx';
import { EntityHead } from '../../parts/entity-head.tsx';
import { ownersInWords } from '../../parts/owners-in-words.ts';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { usePathParam, useSearchParams } from '../../parts/search-params.ts';
import { counted, day, ecosystemWord } from '../../parts/words.ts';
import { Advice } from './advice.tsx';
import { ExposureOverTime } from './exposure.tsx';
import { Ladder } from './ladder.tsx';
import { Licence } from './licence.tsx';
import { OnTheDesk } from './on-the-desk.tsx';
import { Owners } from './owners.tsx';
import styles from './package-page.module.css';
import { Past } from './past.tsx';
import { StewardPanel } from './steward.tsx';
import { AtTheRegistry } from './registry.tsx';
import { Users } from './users.tsx';

/** One package: where it is, which versions are hit, whom to call. */
export function Page() {
  const purl = usePathParam('purl');
  const [search] = useSearchParams();
  const query = useQuery({
    ...ask('/v1/packages/:purl', { purl }, { asOf: search['asOf'] }),
    // Of the same package the other day stays until the new one is there, so that the handle of the days keeps the focus.
    placeholderData: (before) => (before?.purl === purl ? before : undefined),
  });
  if (query.data === undefined && query.error instanceof ApiError && query.error.status === 404)
    return <NotInUse purl={purl} asOf={search['asOf']} />;
  return (
    <Answered query={query} what="the package">
      {(one) => <Blocks one={one} />}
    </Answered>
  );
}

/** A package that nobody uses on the day shown may well have a past. */
function NotInUse({ purl, asOf }: { readonly purl: string; readonly asOf: string | undefined }) {
  return (
    <>
      <EntityHead icon={IconPackage} name={decodeURIComponent(purl.replace(/^pkg:[^/]+\//, ''))} badges={null} about={<code>{purl}</code>} />
      <div className={styles['page']}>
        <Empty title={`Nobody uses it ${asOf === undefined ? 'now' : `at the end of ${day(asOf)}`} in what was read.`}>
          This does not mean that it is not used: see the coverage above. What is known of its past follows.
        </Empty>
        <Past purl={purl} />
      </div>
    </>
  );
}

function Blocks({ one }: { readonly one: PackageDetail }) {
  const [{ asOf }] = useSearchParams();
  const maySee = useQuery(ask('/v1/session')).data?.permissions.includes('findings:read') ?? false;
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
        <Past purl={one.purl} />
        <div className={styles['upper']}>
          <Ladder one={one} />
          <div className={styles['whom']}>
            {asOf === undefined && <Licence one={one} />}
            <StewardPanel one={one} isPast={asOf !== undefined} />
            <Owners one={one} />
          </div>
        </div>
        {asOf === undefined && maySee && (
          <div className={styles['desk']}>
            <OnTheDesk purl={one.purl} />
            <DecisionsPanel about={{ package: one.purl }} />
          </div>
        )}
        <ExposureOverTime one={one} />
        {asOf === undefined && one.verdicts.affected > 0 && <Advice purl={one.purl} />}
        <AtTheRegistry purl={one.purl} />
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
