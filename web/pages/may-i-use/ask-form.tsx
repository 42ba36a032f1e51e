import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useState } from 'react';
import type { SubmitEvent } from 'react';
import { ask } from '../../parts/api.ts';
import { useSearchParams } from '../../parts/search-params.ts';
import { nameAndVersion } from './meant.ts';
import styles from './may-i-use.module.css';

type AskFormProps = { readonly text: string; readonly version: string; readonly component: string };

/** What is asked: a package, and where it is known its version and the component that it is for. */
export function AskForm(asked: AskFormProps) {
  const [, change] = useSearchParams();
  const [text, setText] = useState(asked.text);
  const [version, setVersion] = useState(asked.version);
  const [component, setComponent] = useState(asked.component);
  const ids = { package: useId(), component: useId() };
  const packages = useFound('package', /^pkg:/i.test(text) ? '' : nameAndVersion(text.trim()).name);
  const components = useFound('component', component);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    change({ package: text.trim() || undefined, version: version.trim() || undefined, for: component.trim() || undefined });
  };
  return (
    <form className={styles['form']} onSubmit={submit} role="search" aria-label="May I use this?">
      <label className={styles['wide']}>
        Package
        <input
          className="field"
          value={text}
          required
          maxLength={1000}
          autoFocus={asked.text === ''}
          autoComplete="off"
          spellCheck={false}
          list={ids.package}
          placeholder="lodash, or pkg:npm/lodash@4.17.21"
          onChange={(event) => setText(event.target.value)}
        />
        <datalist id={ids.package}>
          {packages.map((each) => (
            <option key={each.detail} value={each.detail}>
              {each.title}
            </option>
          ))}
        </datalist>
      </label>
      <label>
        Version
        <input
          className="field"
          value={version}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          placeholder="any"
          onChange={(event) => setVersion(event.target.value)}
        />
      </label>
      <label className={styles['wide']}>
        For component
        <input
          className="field"
          value={component}
          maxLength={1000}
          autoComplete="off"
          spellCheck={false}
          list={ids.component}
          placeholder="none: by every way of delivery"
          onChange={(event) => setComponent(event.target.value)}
        />
        <datalist id={ids.component}>
          {components.map((each) => (
            <option key={each.detail} value={each.detail}>
              {each.title}
            </option>
          ))}
        </datalist>
      </label>
      <button type="submit" className="button">
        Ask
      </button>
    </form>
  );
}

function useFound(kind: 'package' | 'component', typed: string): readonly { readonly title: string; readonly detail: string }[] {
  const q = useDeferredValue(typed.trim()).slice(0, 200);
  const { data } = useQuery({ ...ask('/v1/search', {}, { q, limit: '8' }), enabled: q.length > 1 });
  return q.length > 1 ? (data?.groups.find((each) => each.kind === kind)?.items ?? []) : [];
}
