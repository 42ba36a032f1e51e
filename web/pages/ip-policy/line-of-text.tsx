import styles from './ip-policy.module.css';

type LineOfTextProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
};

/** A sentence of the policy. */
export function LineOfText({ label, value, onChange, placeholder }: LineOfTextProps) {
  return (
    <label className={styles['wide']}>
      {label}
      <input className="field" value={value} maxLength={500} placeholder={placeholder} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
