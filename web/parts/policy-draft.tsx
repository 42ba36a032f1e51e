import { keepPreviousData, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { inWords, send } from './api.ts';
import styles from './policy-draft.module.css';

type DraftOf = {
  /** The document in force, to begin from. */
  readonly inForce: object;
  /** The act that proposes it, by its id. */
  readonly act: 'propose-policy' | 'propose-ip-policy';
  /** Said once it is done. */
  readonly proposed: string;
};

/** A policy that is being changed. */
export type PolicyDraft = {
  /** The document as JSON, as it stands in the editor. */
  readonly text: string;
  readonly write: (text: string) => void;
  /** What the text says; null while it is no JSON document. */
  readonly document: object | null;
  readonly isChanged: boolean;
  /** Takes the last change back; null when there is none. */
  readonly undo: (() => void) | null;
  readonly propose: (reason: string) => void;
  /** What was last said of proposing it; null before. */
  readonly said: string | null;
};

const keptTexts = 100;

/** A policy to change, with its way back, and to propose. */
export function usePolicyDraft({ inForce, act, proposed }: DraftOf): PolicyDraft {
  const client = useQueryClient();
  const start = JSON.stringify(inForce, null, 2);
  const [texts, setTexts] = useState<readonly string[]>([start]);
  const [said, setSaid] = useState<string | null>(null);
  const text = texts.at(-1) ?? '';
  const document = useMemo(() => documentIn(text), [text]);
  return {
    text,
    document,
    isChanged: text !== start,
    write: (next) => {
      setSaid(null);
      setTexts((before) => (before.at(-1) === next ? before : [...before.slice(-keptTexts), next]));
    },
    undo: texts.length < 2 ? null : () => setTexts((before) => before.slice(0, -1)),
    propose: (reason) => {
      setSaid(null);
      send('POST', `/v1/acts/${act}`, { body: { policy: document }, words: { reason } })
        .then(async () => {
          setSaid(proposed);
          // A preview takes long, and proposing changes nothing of it.
          await client.invalidateQueries({ predicate: ({ queryKey }) => !String(queryKey[0]).endsWith('/preview') });
        })
        .catch((error: unknown) => setSaid(inWords(error)));
    },
    said,
  };
}

function documentIn(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** What a policy would do, asked of the office by its document as JSON; null asks nothing. The answer before stays until the next is there. */
export function usePolicyPreview<Preview>(path: '/v1/policy/preview' | '/v1/ip-policy/preview', text: string | null): UseQueryResult<Preview> {
  return useQuery({
    queryKey: [path, text],
    queryFn: async () => (await send('POST', path, { policy: documentIn(text ?? '') })) as Preview,
    enabled: text !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

/** A text as it was once nobody changed it for a while. */
export function useSettled(text: string, afterMs: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), afterMs);
    return () => clearTimeout(timer);
  }, [text, afterMs]);
  return settled;
}

type JsonProps = { readonly draft: PolicyDraft; readonly label: string };

/** The document as JSON. */
export function PolicyAsJson({ draft, label }: JsonProps) {
  return (
    <>
      <label>
        <span className="hidden">{label}</span>
        <textarea className={styles['editor']} spellCheck={false} value={draft.text} onChange={(event) => draft.write(event.target.value)} />
      </label>
      {draft.document === null && <p role="alert">This is no JSON document.</p>}
    </>
  );
}

type ProposeProps = {
  readonly draft: PolicyDraft;
  readonly mayPropose: boolean;
  /** Buttons before it. */
  readonly children?: ReactNode;
};

/** Why a policy is proposed, and proposing it. */
export function ProposePolicy({ draft, mayPropose, children }: ProposeProps) {
  const [reason, setReason] = useState('');
  return (
    <>
      {draft.said !== null && <p role="status">{draft.said}</p>}
      <div className={styles['line']}>
        <button type="button" className="button" disabled={draft.undo === null} onClick={() => draft.undo?.()}>
          Undo
        </button>
        {children}
        {mayPropose && (
          <>
            <input
              className="field"
              aria-label="Why it is proposed"
              placeholder="Why"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <button type="button" className="button" disabled={draft.document === null || reason.length < 3} onClick={() => draft.propose(reason)}>
              Propose
            </button>
          </>
        )}
      </div>
    </>
  );
}
