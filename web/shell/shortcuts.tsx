import { Fragment, useState } from 'react';
import { setSingleKeys, singleKeysOn } from '../parts/keys.ts';
import { Dialog } from './dialog.tsx';
import styles from './dialog.module.css';
import { menu } from './menu.ts';

const keys: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['Ctrl', 'K'], 'Search, commands, or a day written as 2021-12-12'],
  [['/'], 'Filter the list'],
  ...menu.map((entry) => [['G', entry.menu.letter.toUpperCase()], `Go to ${entry.title}`] as const),
  [['J'], 'Next row'],
  [['K'], 'Previous row'],
  [['Enter'], 'Open the row'],
  [['Esc'], 'Close'],
  [['[', ']'], 'A week back, a week forward'],
  [['P'], 'Why is it here: every path'],
  [['C'], 'Next conflict, on a component'],
  [['X'], 'Select the finding'],
  [['Shift', 'A'], 'Select the same finding everywhere'],
  [['1', '6'], 'Choose a state, on the findings desk'],
  [['R'], 'Write the reason'],
  [['Ctrl', '⏎'], 'Record the decision'],
  [['S'], 'Skip the finding'],
  [['A'], 'Assign it'],
  [['Z'], 'Hold its clock'],
  [['T'], 'Copy the words of a ticket'],
  [['D'], 'Open or close the decision, in a narrow window'],
  [['U'], 'Undo, for the last ten'],
  [['?'], 'This list'],
];

/** Every key there is, and a switch for those that are a single letter. */
export function Shortcuts({ onClose }: { readonly onClose: () => void }) {
  const [on, setOn] = useState(singleKeysOn);
  return (
    <Dialog label="Keyboard shortcuts" onClose={onClose}>
      <h2 className={styles['title']}>Keyboard shortcuts</h2>
      <dl className={styles['keys']}>
        {keys.map(([pressed, does]) => (
          <Fragment key={does}>
            <dt className="line">
              {pressed.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </Fragment>
        ))}
      </dl>
      <label className={`${styles['note']} line`}>
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            setOn(event.target.checked);
            setSingleKeys(event.target.checked);
          }}
        />
        Keys without Ctrl work
      </label>
    </Dialog>
  );
}
