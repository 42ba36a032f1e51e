import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import styles from './tabs.module.css';

type Tab<Id extends string> = {
  readonly id: Id;
  readonly title: string;
  /** Beside the title, such as how many there are. */ readonly note?: string;
};
type TabsProps<Id extends string> = {
  /** What they are of. */
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
  readonly children: ReactNode;
};

/** Parts of a page of which one is shown; arrow keys go from one to the next (https://www.w3.org/WAI/ARIA/apg/patterns/tabs/). */
export function Tabs<Id extends string>({ label, tabs, chosen, onChoose, children }: TabsProps<Id>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const onKey = (event: KeyboardEvent) => {
    const at = tabs.findIndex((each) => each.id === chosen);
    const steps: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 };
    const to = steps[event.key];
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next.id);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[tabs.indexOf(next)]?.focus();
  };
  return (
    <>
      <div ref={list} className={styles['tabs']} role="tablist" aria-label={label} onKeyDown={onKey}>
        {tabs.map((each) => (
          <button
            key={each.id}
            id={`${id}-${each.id}`}
            type="button"
            role="tab"
            aria-selected={each.id === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={each.id === chosen ? 0 : -1}
            onClick={() => onChoose(each.id)}
          >
            {each.title}
            {each.note !== undefined && <span className="faint"> {each.note}</span>}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${chosen}`}>
        {children}
      </div>
    </>
  );
}
