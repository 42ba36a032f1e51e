import { useState } from 'react';
import type { FindingDesk } from '#server/schemas/desk-decision.ts';
import type { FindingDetail } from '#server/schemas/finding.ts';
import { inWords } from '../../parts/api.ts';
import { Age, Unknown } from '../../parts/certainty.tsx';
import type { DetailActions } from './detail-actions.ts';
import styles from './detail.module.css';

type PeopleProps = { readonly finding: FindingDetail; readonly desk: FindingDesk; readonly actions: DetailActions | null };

/** Who deals with it and what was said. */
export function People({ finding, desk, actions }: PeopleProps) {
  const { assignment } = desk;
  return (
    <section>
      <h3>Who deals with it</h3>
      <div className={styles['row']}>
        <p>
          {assignment?.to == null ? <Unknown>Nobody yet</Unknown> : <b className="name">{assignment.to.name.replace(/^team:/, '')}</b>}
          {assignment !== null && (
            <span className="quiet">
              {' '}
              {assignment.to === null ? 'given back by' : 'by'} {assignment.by.name}, <Age at={assignment.at} /> ago
            </span>
          )}
        </p>
        {actions !== null && desk.may.propose && (
          <span className="line">
            <button type="button" className="button" data-size="small" onClick={actions.onAssign}>
              Assign <kbd>A</kbd>
            </button>
            <button type="button" className="button" data-size="small" onClick={actions.onNotMine}>
              Not mine
            </button>
            {desk.may.decide && finding.clock === 'running' && (
              <button type="button" className="button" data-size="small" onClick={actions.onHold}>
                Hold the clock <kbd>Z</kbd>
              </button>
            )}
          </span>
        )}
      </div>
      <h3>Comments</h3>
      <ul className={styles['comments']}>
        {desk.comments.map((comment) => (
          <li key={comment.seq}>
            <span className="quiet">
              {comment.by.name}, <Age at={comment.at} /> ago
            </span>
            <p>{comment.text ?? <span className="faint">Erased.</span>}</p>
          </li>
        ))}
      </ul>
      {actions !== null && desk.may.propose && <NewComment onComment={actions.onComment} />}
    </section>
  );
}

function NewComment({ onComment }: Pick<DetailActions, 'onComment'>) {
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const send = () => {
    setFailure(null);
    onComment(text.trim())
      .then(() => setText(''))
      .catch((error: unknown) => setFailure(inWords(error)));
  };
  return (
    <div className={styles['comment']}>
      <textarea
        className="field"
        aria-label="Comment"
        placeholder="Say something about it"
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      {failure !== null && <p role="alert">{failure}</p>}
      <button type="button" className="button" data-size="small" disabled={text.trim() === ''} onClick={send}>
        Comment
      </button>
    </div>
  );
}
