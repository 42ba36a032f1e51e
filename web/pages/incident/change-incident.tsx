import type { IncidentDetail } from '#server/schemas/incident.ts';
import { ActDialog } from '../../parts/act-dialog.tsx';

type ChangeProps = { readonly incident: IncidentDetail; readonly onClose: () => void };

/** Says which published advisory the incident is. */
export function NameIncident({ incident, onClose }: ChangeProps) {
  return (
    <ActDialog
      title="Give it its CVE"
      about="From then on the two are one: every finding, clock and decision made about either stays."
      onClose={onClose}
      act={(said) => ({ kind: 'name-incident', body: { incident: incident.id, alias: said('alias') } })}
      version={incident.version}
    >
      <label>
        Id of the published advisory
        <input className="field mono" name="alias" required placeholder="CVE-2021-44228" />
      </label>
    </ActDialog>
  );
}

/** Says anew which versions it is about, since more is known. */
export function CorrectIncident({ incident, onClose }: ChangeProps) {
  const { introduced = null, fixed = null, versions = [] } = incident.affected ?? {};
  return (
    <ActDialog
      title="Correct the versions"
      about="Our own advisory stands until you change it: while it names no fixed version, no upgrade ends the incident."
      onClose={onClose}
      act={(said) => ({
        kind: 'correct-incident',
        body: {
          incident: incident.id,
          affected: {
            introduced: said('introduced') || null,
            fixed: said('fixed') || null,
            versions: said('versions')
              .split(/[\s,]+/)
              .filter((version) => version !== ''),
          },
        },
        words: { reason: said('reason') },
      })}
      version={incident.version}
    >
      <label>
        Affected from
        <input className="field mono" name="introduced" defaultValue={introduced ?? ''} placeholder="first version" />
      </label>
      <label>
        Fixed in
        <input className="field mono" name="fixed" defaultValue={fixed ?? ''} placeholder="not known" />
      </label>
      <label>
        Single versions
        <input className="field mono" name="versions" defaultValue={versions.join(' ')} placeholder="in place of or beside the range" />
      </label>
      <label>
        How that is known
        <textarea className="field" name="reason" rows={2} required minLength={3} maxLength={10_000} />
      </label>
    </ActDialog>
  );
}

/** Closes the incident. */
export function CloseIncident({ incident, onClose }: ChangeProps) {
  return (
    <ActDialog
      title="Close the incident"
      about="Findings of what is over stay until inventories say otherwise. A false alarm takes the advisory and its findings back."
      onClose={onClose}
      act={(said) => ({ kind: 'close-incident', body: { incident: incident.id, as: said('as') }, words: { lessons: said('lessons') } })}
      version={incident.version}
    >
      <label>
        As
        <select className="field" name="as" defaultValue="over">
          <option value="over">over</option>
          <option value="false-alarm">false alarm</option>
        </select>
      </label>
      <label>
        What was learnt
        <textarea className="field" name="lessons" rows={4} required minLength={3} maxLength={20_000} />
      </label>
    </ActDialog>
  );
}
