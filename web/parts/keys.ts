import { useEffect, useRef } from 'react';

/** What keys do: a single key (`j`, `/`, `Escape`), one with Shift (`shift+a`), two in a row (`g c`), or one with Control or Command (`mod+k`). */
export type Keys = Readonly<Record<string, () => void>>;

const setting = 'guildhall-single-keys';
const sequenceMs = 1200;

/** Whether single-letter keys work here; people may turn them off (WCAG 2.1.4). */
export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(setting) !== 'off';
  } catch {
    return true;
  }
}

/** Turns single-letter keys on or off in this browser. */
export function setSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(setting, on ? 'on' : 'off');
  } catch {
    // Storage may be blocked; the setting then holds for nothing.
  }
}

/** Listens for keys while the component is shown. Never fires in a field or over an open dialog, save with Control or Command. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    let before = { key: '', at: 0 };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      const key = nameOf(event);
      const modified = event.ctrlKey || event.metaKey;
      if (!modified && (isField(event.target) || document.querySelector('[role="dialog"][aria-modal="true"]') !== null)) return;
      if (!modified && event.key.length === 1 && !singleKeysOn()) return;
      const sequence = event.timeStamp - before.at < sequenceMs ? `${before.key} ${key}` : '';
      const act = modified
        ? latest.current[`mod+${key}`]
        : (latest.current[sequence] ?? (before.key === 'g' && sequence !== '' ? undefined : latest.current[key]));
      before = { key, at: event.timeStamp };
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** Signs that need Shift are themselves; a letter with Shift is another key. */
function nameOf({ key, shiftKey }: KeyboardEvent): string {
  if (key.length !== 1) return key;
  const small = key.toLowerCase();
  return shiftKey && small !== key.toUpperCase() ? `shift+${small}` : small;
}

/** Moves the focus to the next or previous row's link inside an element. */
export function focusRow(inside: HTMLElement | null, step: 1 | -1): void {
  const rows = [...(inside?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])];
  const at = rows.findIndex((row) => row === document.activeElement || row.closest('tr, li')?.contains(document.activeElement) === true);
  const next = rows[at === -1 ? (step === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select') !== null);
}
