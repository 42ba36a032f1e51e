import styles from './ip-policy.module.css';

type ChoicesProps = {
  readonly legend: string;
  readonly of: readonly { readonly id: string; readonly title: string }[];
  readonly chosen: readonly string[];
  /** In the order of what there is to choose from. */
  readonly onChange: (chosen: readonly string[]) => void;
};

/** Any number of some things, as boxes to tick. */
export function Choices({ legend, of, chosen, onChange }: ChoicesProps) {
  return (
    <fieldset className={styles['options']}>
      <legend>{legend}</legend>
      {of.map(({ id, title }) => (
        <label key={id} className="check">
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) => onChange(of.map((each) => each.id).filter((each) => (each === id ? event.target.checked : chosen.includes(each))))}
          />
          {title}
        </label>
      ))}
    </fieldset>
  );
}
