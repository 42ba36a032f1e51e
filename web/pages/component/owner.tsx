import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ComponentDetail } from '#server/schemas/component.ts';
import { inWords } from '../../parts/api.ts';
import { Age } from '../../parts/certainty.tsx';
import { Link } from '../../parts/link.tsx';
import { OwnerName } from '../../parts/owner-name.tsx';
import { certaintyWords, reasonWords } from '../../parts/ownership-words.ts';
import { Panel } from '../../parts/panel.tsx';
import { sayOwners } from '../../parts/say-owners.ts';

/** Who owns a component, how sure that is, and saying so. */
export function OwnerPanel({ component, isPast }: { readonly component: ComponentDetail; readonly isPast: boolean }) {
  const { ref, name, owner, ownership } = component;
  const { certainty, said, reason, mayAnswer } = ownership;
  const client = useQueryClient();
  const [problem, setProblem] = useState('');
  const say = (what: 'confirmed' | 'disclaimed') => {
    if (owner === null) return;
    setProblem('');
    sayOwners(client, what, [{ ref, name, owner: owner.team, said }]).catch((error: unknown) => setProblem(inWords(error)));
  };
  return (
    <Panel
      title="Owner"
      about={
        <>
          {certaintyWords[certainty]}
          {reason !== null && (
            <>
              {'; '}
              <Link className="link" href={`/ownership?component=${encodeURIComponent(ref)}`}>
                to be confirmed: {reasonWords[reason]}
              </Link>
            </>
          )}
        </>
      }
      actions={
        mayAnswer && !isPast ? (
          <>
            <button type="button" className="button" data-size="small" onClick={() => say('confirmed')}>
              Ours
            </button>
            <button type="button" className="button" data-size="small" onClick={() => say('disclaimed')}>
              Not ours
            </button>
          </>
        ) : undefined
      }
    >
      <p>
        <OwnerName owner={owner} />
        {said !== null && (
          <span className="faint">
            {' · '}
            {said.by.name} said {said.what === 'confirmed' ? 'that it is' : 'that it is not'} of {said.owner}, <Age at={said.at} /> ago
          </span>
        )}
      </p>
      {problem !== '' && <p role="alert">{problem}</p>}
    </Panel>
  );
}
