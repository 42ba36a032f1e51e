import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PackageVerdict } from '#server/schemas/licence.ts';
import { packageOfPurl, purlOf } from '#language/purl.ts';
import { newActId } from '../../parts/act-id.ts';
import { ask, inWords, send } from '../../parts/api.ts';
import { Link } from '../../parts/link.tsx';
import { day } from '../../parts/words.ts';
import styles from './may-i-use.module.css';

type AskTheCouncilProps = { readonly one: PackageVerdict; readonly component: string | null };

/** Asks the council about a use that the policy does not permit by itself, or says who asked already and until when the answer is due. */
export function AskTheCouncil({ one, component }: AskTheCouncilProps) {
  const client = useQueryClient();
  const session = useQuery(ask('/v1/session'));
  const [id] = useState(newActId);
  const [why, setWhy] = useState('');
  const [state, setState] = useState<'asking' | 'sending' | 'asked'>('asking');
  const [failure, setFailure] = useState<string | null>(null);
  if (one.review !== null) {
    return (
      <p className={styles['review']} role="status">
        <Link className="link" href={`/council/${one.review.id}`}>
          {one.review.name}
        </Link>{' '}
        asks the council about it{one.review.state === 'waiting' ? ' and waits for facts' : ''}; the answer is due {day(one.review.due)}.
      </p>
    );
  }
  if (state === 'asked') {
    return (
      <p className={styles['review']} role="status">
        The council is asked.{' '}
        <Link className="link" href={`/council/${id}`}>
          Go to the case
        </Link>
      </p>
    );
  }
  if (one.verdict === 'allowed' || one.verdict === 'conditions') return null;
  const mayAsk = session.data?.permissions.includes('council:ask') === true;
  const parts = packageOfPurl(one.purl);
  const name = parts?.name ?? one.purl;
  const submit = () => {
    setFailure(null);
    setState('sending');
    const form = {
      package: (parts?.ecosystem == null ? null : purlOf(parts.ecosystem, parts.name, null)) ?? one.purl,
      version: parts?.version ?? null,
      licence: one.licence,
      component,
    };
    send('POST', '/v1/acts/request-review', {
      body: { id, question: { kind: 'use', form }, team: null },
      words: { title: `May we use ${name}?`.slice(0, 300), details: [why.trim(), one.because].filter((each) => each !== '').join('\n\n') },
    })
      .then(async () => {
        setState('asked');
        await client.invalidateQueries();
      })
      .catch((error: unknown) => {
        setFailure(inWords(error));
        setState('asking');
      });
  };
  return (
    <form
      className={styles['council']}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label>
        What it is for
        <textarea className="field" rows={3} maxLength={10_000} value={why} onChange={(event) => setWhy(event.target.value)} />
      </label>
      {failure !== null && <p role="alert">{failure}</p>}
      <button
        type="submit"
        className="button"
        disabled={!mayAsk || state === 'sending'}
        title={mayAsk ? undefined : 'Developers, team leads, the office and the council ask.'}
      >
        Ask the council
      </button>
    </form>
  );
}
