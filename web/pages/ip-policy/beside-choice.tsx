import { linkings, type Linking } from '#model/licence.ts';

type BesideChoiceProps = {
  /** Null: whatever it is. */
  readonly linking: Linking | null;
  /** Null: whether or not. */
  readonly modified: boolean | null;
  readonly onLinking: (linking: Linking | null) => void;
  readonly onModified: (modified: boolean | null) => void;
};

/** How a use is linked and whether it is changed here, where that is to make a difference. */
export function BesideChoice({ linking, modified, onLinking, onModified }: BesideChoiceProps) {
  return (
    <>
      <label>
        Linking{' '}
        <select className="field" value={linking ?? ''} onChange={(event) => onLinking(linkings.find((each) => each === event.target.value) ?? null)}>
          <option value="">whatever it is</option>
          <option value="static">static</option>
          <option value="dynamic">dynamic</option>
        </select>
      </label>
      <label>
        Changed here{' '}
        <select
          className="field"
          value={modified === null ? '' : String(modified)}
          onChange={(event) => onModified(event.target.value === '' ? null : event.target.value === 'true')}
        >
          <option value="">whether or not</option>
          <option value="true">yes</option>
          <option value="false">no</option>
        </select>
      </label>
    </>
  );
}
