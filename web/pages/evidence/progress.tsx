/** How far something is; without a length while that is not known. */
export function Progress({ label, progress }: { readonly label: string; readonly progress: { readonly done: number; readonly of: number } }) {
  const { done, of } = progress;
  return (
    <span className="line" role="status">
      {label}
      {of === 0 ? <progress aria-label={label} /> : <progress aria-label={label} max={of} value={done} />}
      {of > 0 && <span className="faint">{Math.floor((100 * done) / of)} %</span>}
    </span>
  );
}
