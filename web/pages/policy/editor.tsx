import { useState } from 'react';
import type { PolicyPreview, PolicyStatus } from '#server/schemas/policy.ts';
import { inWords } from '../../parts/api.ts';
import { Panel } from '../../parts/panel.tsx';
import { PolicyAsJson, ProposePolicy, usePolicyDraft, usePolicyPreview } from '../../parts/policy-draft.tsx';
import styles from './policy.module.css';
import { Preview } from './preview.tsx';

/** The document of the policy as JSON, to change, look at and propose. */
export function PolicyEditor({ policy, mayPropose }: { readonly policy: PolicyStatus['policy']; readonly mayPropose: boolean }) {
  const draft = usePolicyDraft({ inForce: policy, act: 'propose-policy', proposed: 'Proposed. It takes effect once somebody else approves it.' });
  const [lookedAt, setLookedAt] = useState<string | null>(null);
  const preview = usePolicyPreview<PolicyPreview>('/v1/policy/preview', lookedAt);
  return (
    <>
      <Panel title="Document" about="What it leaves out is as built in. Nothing changes before somebody else approves it.">
        <div className={styles['form']}>
          <PolicyAsJson draft={draft} label="Policy as JSON" />
          {preview.isFetching && <p role="status">Looking at the estate and its past year…</p>}
          {preview.isError && <p role="alert">{inWords(preview.error)}</p>}
          <ProposePolicy draft={draft} mayPropose={mayPropose}>
            <button type="button" className="button" disabled={draft.document === null} onClick={() => setLookedAt(draft.text)}>
              Preview
            </button>
          </ProposePolicy>
        </div>
      </Panel>
      {preview.data !== undefined && <Preview preview={preview.data} />}
    </>
  );
}
