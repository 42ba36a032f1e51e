import { useState } from 'react';
import type { IpPolicy } from '#model/ip-policy.ts';
import type { IpPolicyPreview, IpPolicyStatus } from '#server/schemas/licence.ts';
import { inWords } from '../../parts/api.ts';
import { Panel } from '../../parts/panel.tsx';
import { PolicyAsJson, ProposePolicy, usePolicyDraft, usePolicyPreview, useSettled } from '../../parts/policy-draft.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { Categories } from './categories.tsx';
import { Changes } from './changes.tsx';
import type { FormPart } from './form-part.ts';
import { Gates } from './gates.tsx';
import styles from './ip-policy.module.css';
import { Lines } from './lines-form.tsx';
import { Obligations } from './obligations.tsx';
import { Preview, PreviewInShort } from './preview.tsx';
import { asIpPolicy } from './shape.ts';
import { VerdictGrid } from './verdict-grid.tsx';

type Part = 'verdicts' | 'lines' | 'categories' | 'obligations' | 'changes' | 'gates' | 'json';

const settledMs = 600;

/** The IP policy as a form, to begin from a template, change, look at and propose. What it would do is asked of the office while one writes. */
export function IpPolicyEditor({ status, mayPropose }: { readonly status: IpPolicyStatus; readonly mayPropose: boolean }) {
  const draft = usePolicyDraft({ inForce: status.policy, act: 'propose-ip-policy', proposed: 'Proposed. It takes effect once counsel approves it.' });
  const [part, setPart] = useState<Part>('verdicts');
  const settled = useSettled(draft.text, settledMs);
  const preview = usePolicyPreview<IpPolicyPreview>('/v1/ip-policy/preview', draft.isChanged && asIpPolicy(draft.document) !== null ? settled : null);
  const policy = asIpPolicy(draft.document);
  const change = (next: IpPolicy) => draft.write(JSON.stringify(next, null, 2));
  const shown = draft.isChanged ? preview.data : undefined;
  return (
    <>
      <Panel
        title="Change it"
        about="Nothing changes before counsel approves it."
        actions={
          <label className="line">
            Begin from
            <select
              className="field"
              value=""
              onChange={(event) => change(status.templates.find(({ id }) => id === event.target.value)?.policy ?? status.policy)}
            >
              <option value="">the policy in force</option>
              {status.templates.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        }
      >
        <Tabs label="Parts of the policy" tabs={tabsOf(policy)} chosen={part} onChoose={setPart}>
          {part === 'json' ? (
            <PolicyAsJson draft={draft} label="IP policy as JSON" />
          ) : policy === null ? (
            <p role="alert">What stands in the tab JSON is no IP policy that can be shown as a form.</p>
          ) : (
            <FormOf part={part} policy={policy} change={change} />
          )}
        </Tabs>
        <div className={styles['bar']}>
          {preview.isError && <p role="alert">{inWords(preview.error)}</p>}
          <PreviewInShort preview={shown} isOld={preview.isFetching || settled !== draft.text} isChanged={draft.isChanged} />
          <ProposePolicy draft={draft} mayPropose={mayPropose} />
        </div>
      </Panel>
      {shown !== undefined && <Preview preview={shown} policy={settled} />}
    </>
  );
}

function tabsOf(policy: IpPolicy | null) {
  const counted = (list: readonly unknown[] | undefined): { readonly note?: string } => (list === undefined ? {} : { note: String(list.length) });
  return [
    { id: 'verdicts', title: 'Verdicts' },
    { id: 'lines', title: 'Lines', ...counted(policy?.rules) },
    { id: 'categories', title: 'Categories', ...counted(policy?.categories) },
    { id: 'obligations', title: 'Obligations', ...counted(policy?.obligations) },
    { id: 'changes', title: 'Changes and mixing' },
    { id: 'gates', title: 'Builds' },
    { id: 'json', title: 'JSON' },
  ] as const satisfies readonly { readonly id: Part; readonly title: string; readonly note?: string }[];
}

function FormOf({ part, ...form }: FormPart & { readonly part: Exclude<Part, 'json'> }) {
  switch (part) {
    case 'verdicts':
      return <VerdictGrid {...form} />;
    case 'lines':
      return <Lines {...form} />;
    case 'categories':
      return <Categories {...form} />;
    case 'obligations':
      return <Obligations {...form} />;
    case 'changes':
      return <Changes {...form} />;
    case 'gates':
      return <Gates {...form} />;
    default:
      return part satisfies never;
  }
}
