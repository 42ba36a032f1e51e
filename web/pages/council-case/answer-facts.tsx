import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { CouncilCaseDetail } from '#server/schemas/council.ts';
import type { ComponentArtifacts } from '#server/schemas/licence.ts';
import { ask, inWords, send } from '../../parts/api.ts';
import dialog from '../../parts/dialog-form.module.css';
import { FormFieldInput } from '../../parts/form-field-input.tsx';
import { changedForm, fieldsOf, type FormField } from '../../parts/form-fields.ts';
import { textOf } from '../../parts/form-text.ts';
import { Dialog } from '../../shell/dialog.tsx';

type AnswerFactsProps = { readonly one: CouncilCaseDetail; readonly onClose: () => void };

/** Answers the council in the form of its case: what was asked for first, or all of it. How it is used can be said of the component at once, for every verdict. */
export function AnswerFacts({ one, onClose }: AnswerFactsProps) {
  const client = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const kinds = useQuery(ask('/v1/council/kinds'));
  const kind = kinds.data?.kinds.find((each) => each.id === one.kind);
  const open = one.questions.filter((each) => each.answer === null);
  const asked = new Set(open.flatMap(({ fields }) => fields));
  const all = kind === undefined ? [] : fieldsOf(kind.form).filter(({ name }) => name !== 'component');
  const fields = asked.size === 0 ? all : all.filter(({ name }) => asked.has(name));
  const declared = useDeclared(one, fields);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const form = changedForm(one.form, fields, said);
    setFailure(null);
    const isChanged = fields.some(({ name }) => JSON.stringify(form[name] ?? null) !== JSON.stringify(one.form[name] ?? null));
    send('POST', '/v1/acts/answer-facts', { body: { case: one.id, form: isChanged ? form : null }, words: { text: textOf(said, 'text') } })
      .then(async () => {
        const body = textOf(said, 'declare') === 'yes' && declared !== null ? declaredWith(declared, form) : null;
        if (body !== null) await send('POST', '/v1/acts/declare-artifact', { body });
        await client.invalidateQueries();
        onClose();
      })
      .catch((error: unknown) => setFailure(inWords(error)));
  };
  return (
    <Dialog label="Answer the council" onClose={onClose}>
      <form className={dialog['form']} onSubmit={submit}>
        <h2>Answer the council</h2>
        {open.map((each) => (
          <p key={each.at}>
            <span className="name">{each.by.name}</span> asks: {each.text ?? 'words erased'}
          </p>
        ))}
        <p className="quiet">It answers every question that is open. What is put right in the form is voted on anew.</p>
        <div className={dialog['row']}>
          {fields.map((field) => (
            <FormFieldInput key={field.name} field={field} value={one.form[field.name]} />
          ))}
        </div>
        {declared !== null && (
          <label data-beside>
            <input type="checkbox" name="declare" value="yes" defaultChecked />
            Say so of {declared.component}, too: its {declared.artifact.name} is judged by it from now on
          </label>
        )}
        <label>
          Answer
          <textarea className="field" name="text" rows={4} required minLength={3} maxLength={10_000} />
        </label>
        {failure !== null && <p role="alert">{failure}</p>}
        <div className="line">
          <button type="submit" className="button" disabled={kind === undefined}>
            Answer
          </button>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

type Artifact = Pick<ComponentArtifacts['artifacts'][number], 'name' | 'deliveries' | 'linking' | 'modified' | 'outbound'>;
type Declared = { readonly component: string; readonly artifact: Artifact };

const ofUse: ReadonlySet<string> = new Set(['delivery', 'linking', 'modified']);
const newArtifact: Artifact = { name: 'app', deliveries: [], linking: null, modified: null, outbound: null };

/** What the component declares and the answer would change: its only artifact, or a first one. Null where that is not asked, not clear, or not for the asker to say. */
function useDeclared(one: CouncilCaseDetail, fields: readonly FormField[]): Declared | null {
  const session = useQuery(ask('/v1/session'));
  const { component } = one.facts;
  const isAsked = component !== null && fields.some(({ name }) => ofUse.has(name));
  const may = session.data?.permissions.includes('artifacts:write') === true;
  const query = useQuery({ ...ask('/v1/components/:ref/artifacts', { ref: component ?? '' }), enabled: isAsked && may });
  const artifacts = query.data?.artifacts;
  if (!isAsked || !may || artifacts === undefined || artifacts.length > 1) return null;
  return { component, artifact: artifacts[0] ?? newArtifact };
}

/** The act that says it; null while nobody knows how it is delivered, since nothing is declared without that. */
function declaredWith({ component, artifact }: Declared, form: Readonly<Record<string, unknown>>): object | null {
  const { delivery, linking, modified } = form;
  const deliveries = typeof delivery === 'string' ? [...new Set([...artifact.deliveries, delivery])] : artifact.deliveries;
  if (deliveries.length === 0) return null;
  return {
    ...{ component, name: artifact.name, deliveries, outbound: artifact.outbound },
    linking: typeof linking === 'string' ? linking : artifact.linking,
    modified: typeof modified === 'boolean' ? modified : artifact.modified,
  };
}
