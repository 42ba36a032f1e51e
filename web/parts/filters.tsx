import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { Unknown } from './certainty.tsx';
import styles from './filters.module.css';
import { everyPage, useSearchParams } from './search-params.ts';
import { count } from './words.ts';

const typingMs = 250;

type QueryBarProps = {
  /** What the filters are called, by search word. */
  readonly words: Readonly<Record<string, string>>;
  readonly placeholder: string;
  /** Words that the page understands besides: its order, its columns. With them every other word of the address is said to be not understood. */
  readonly others?: readonly string[];
};

/** Filters that are set, as words that can be taken away, before a field for free text. `/` brings the focus here. */
export function QueryBar({ words, placeholder, others }: QueryBarProps) {
  const [search, change] = useSearchParams();
  const set = Object.entries(words).filter(([word]) => search[word] !== undefined);
  const unknown =
    others === undefined ? [] : Object.keys(search).filter((word) => !(word in words) && ![...others, ...everyPage, 'q'].includes(word));
  const clearable = [...set.map(([word]) => word), ...unknown, ...(search['q'] === undefined ? [] : ['q'])];
  return (
    <div className={styles['bar']} role="search">
      {unknown.map((word) => (
        <button
          key={word}
          type="button"
          className={styles['token']}
          data-unknown
          title="This page does not understand this word of the address, so it is left out"
          onClick={() => change({ [word]: undefined })}
        >
          {word}:{search[word]} not understood <IconX size={12} aria-hidden="true" />
          <span className="hidden">remove</span>
        </button>
      ))}
      {set.map(([word, label]) => (
        <button key={word} type="button" className={styles['token']} title="Remove this filter" onClick={() => change({ [word]: undefined })}>
          <span className="clip">
            {label}:{search[word]}
          </span>{' '}
          <IconX size={12} aria-hidden="true" />
          <span className="hidden">remove</span>
        </button>
      ))}
      <FreeText q={search['q'] ?? ''} placeholder={placeholder} onChange={(q) => change({ q }, 'replace')} />
      {clearable.length > 0 && (
        <button type="button" className={styles['clear']} onClick={() => change(Object.fromEntries(clearable.map((word) => [word, undefined])))}>
          Clear all
        </button>
      )}
      <kbd>/</kbd>
    </div>
  );
}

type FreeTextProps = { readonly q: string; readonly placeholder: string; readonly onChange: (q: string | undefined) => void };

function FreeText({ q, placeholder, onChange }: FreeTextProps) {
  const [text, setText] = useState(q);
  // What the address had when it last agreed with the field: a link, or going back, changes it without typing.
  const agreed = useRef(q);
  useEffect(() => {
    if (q === agreed.current) return;
    agreed.current = q;
    setText(q);
  }, [q]);
  useEffect(() => {
    if (text === agreed.current) return undefined;
    const timer = setTimeout(() => {
      agreed.current = text;
      onChange(text === '' ? undefined : text);
    }, typingMs);
    return () => clearTimeout(timer);
  });
  return (
    <input
      data-filter
      aria-label={placeholder}
      placeholder={placeholder}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}

/** One value of a facet. A null count is not known. */
export type FacetValue = {
  /** Search words that choose it, as `name: value`. */
  readonly sets: Readonly<Record<string, string>>;
  readonly label: ReactNode;
  readonly count: number | null;
  /** Shown dashed: it stands for what is not known. */
  readonly unknown?: boolean;
};

/** A heading with values to narrow by; choosing the chosen one again takes it away. `words` are all search words that the facet may set. */
export function Facet({
  title,
  words,
  values,
}: {
  readonly title: string;
  readonly words: readonly string[];
  readonly values: readonly FacetValue[];
}) {
  const [search, change] = useSearchParams();
  const id = useId();
  if (values.length === 0) return null;
  const cleared = Object.fromEntries(words.map((word) => [word, undefined]));
  return (
    <div className={styles['facet']} role="group" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {values.map((value) => {
        const on = Object.entries(value.sets).every(([word, wanted]) => search[word] === wanted);
        return (
          <button
            key={JSON.stringify(value.sets)}
            type="button"
            className={styles['value']}
            aria-pressed={on}
            onClick={() => change(on ? cleared : { ...cleared, ...value.sets })}
          >
            <i aria-hidden="true" />
            <span className="clip">{value.unknown === true ? <Unknown>{value.label}</Unknown> : value.label}</span>
            {value.count !== null && <span className="faint">{count(value.count)}</span>}
          </button>
        );
      })}
    </div>
  );
}
