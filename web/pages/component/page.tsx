import { IconBox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ComponentDetail } from '#server/schemas/component.ts';
import { ask } from '../../parts/api.ts';
import { Age, Unknown } from '../../parts/certainty.tsx';
import { DecisionsPanel } from '../../parts/decisions-panel.tsx';
import { EntityHead } from '../../parts/entity-head.tsx';
import { useKeys } from '../../parts/keys.ts';
import { Answered } from '../../parts/page-state.tsx';
import { usePathParam, useSearchParams } from '../../parts/search-params.ts';
import { shortRevision } from '../../parts/words.ts';
import styles from './component.module.css';
import { Changes } from './changes.tsx';
import { Conditions } from './conditions.tsx';
import { Conflicts } from './conflicts.tsx';
import { Decide } from './decide.tsx';
import { DeliveredAs } from './delivered-as.tsx';
import { Evidences } from './evidences.tsx';
import { Facts } from './facts.tsx';
import { History } from './history.tsx';
import { Inventory } from './inventory.tsx';
import { Licence } from './licence.tsx';
import { LicenceFiles } from './licence-files.tsx';
import { OpenFindings } from './open-findings.tsx';
import { OwnerPanel } from './owner.tsx';
import { ProblemsPanel } from './problems-panel.tsx';
import { Retired } from './retired.tsx';
import { Sboms } from './sboms.tsx';
import { TakeSbom } from './take-sbom.tsx';
import { WhatToDo } from './what-to-do.tsx';
import { Why } from './why.tsx';

/** One component: what it is, who owns it, what is in it, and why we believe that. */
export function Page() {
  const ref = usePathParam('ref');
  const [search] = useSearchParams();
  const query = useQuery({
    ...ask('/v1/components/:ref', { ref }, { asOf: search['asOf'] }),
    placeholderData: (before) => (before?.ref === ref ? before : undefined),
  });
  return (
    <Answered query={query} what="the component">
      {(component) => <Blocks component={component} asOf={search['asOf']} />}
    </Answered>
  );
}

function Blocks({ component, asOf }: { readonly component: ComponentDetail; readonly asOf: string | undefined }) {
  const isPast = asOf !== undefined;
  const [, change] = useSearchParams();
  const [first] = component.conflicts;
  useKeys({
    c: focusNextConflict,
    p: () => {
      const row = document.activeElement?.closest('tr')?.querySelector<HTMLAnchorElement>('a[href*="why="]');
      const why = row == null ? first?.purl : new URL(row.href).searchParams.get('why');
      if (why != null) change({ why });
    },
  });
  return (
    <>
      <EntityHead
        icon={IconBox}
        name={component.name}
        badges={<Badges component={component} />}
        about={<Identity component={component} />}
        actions={
          <>
            {component.readAt === null ? (
              <Unknown>Never read</Unknown>
            ) : (
              <span className="faint">
                read <Age at={component.readAt} /> ago
              </span>
            )}
            {!isPast && <Decide component={component} />}
          </>
        }
      />
      {component.retiredAt !== null && <Retired retirement={component.retirement} at={component.retiredAt} />}
      <div className={styles['page']}>
        <div className={styles['column']}>
          <OwnerPanel component={component} isPast={isPast} />
          <Facts facts={component.facts} />
          {component.conflicts.length > 0 && <Conflicts component={component.ref} conflicts={component.conflicts} />}
          <Why component={component} />
          <WhatToDo component={component} />
          <Inventory component={component} />
        </div>
        <div className={styles['column']}>
          <OpenFindings component={component} />
          {!isPast && component.findings !== null && <DecisionsPanel about={{ component: component.ref }} />}
          {!isPast && <DeliveredAs component={component.ref} />}
          {!isPast && <Conditions component={component.ref} />}
          {!isPast && <Licence component={component.ref} />}
          {!isPast && <LicenceFiles component={component.ref} />}
          <Evidences evidences={component.evidences} />
          {!isPast && <Sboms component={component.ref} />}
          <TakeSbom component={component.ref} asOf={asOf} />
          <ProblemsPanel component={component.ref} />
          <Changes component={component.ref} />
          <History receipts={component.receipts} />
        </div>
      </div>
    </>
  );
}

/** Brings the focus to the next package in conflict, round and round. */
function focusNextConflict() {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-conflict]')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[(at + 1) % Math.max(1, rows.length)];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

function Badges({ component }: { readonly component: ComponentDetail }) {
  return (
    <>
      {component.ecosystems.map((ecosystem) => (
        <span key={ecosystem} className="badge">
          {ecosystem}
        </span>
      ))}
      {component.retiredAt !== null && <span className="badge">retired</span>}
      {component.testMaterial && <span className="badge">test material, not judged</span>}
      {component.staleSince !== null && (
        <span className="badge" data-tone="medium">
          stale since <Age at={component.staleSince} />
        </span>
      )}
    </>
  );
}

function Identity({ component }: { readonly component: ComponentDetail }) {
  return (
    <>
      {component.description !== null && <>{component.description} · </>}
      <code>{component.source.origin}</code>
      {component.revision !== null && (
        <>
          {' · '}
          <code title={component.revision}>{shortRevision(component.revision)}</code>
        </>
      )}
      <span className="hidden">{component.ref}</span>
    </>
  );
}
