import { useState } from 'react';
import { sbomForms, type SbomForm } from '#model/sbom-form.ts';
import { addressOf } from '../../parts/api.ts';
import { Panel } from '../../parts/panel.tsx';
import styles from './component.module.css';

/** `cyclonedx-1.6-json` as people write it. */
function nameOf(form: SbomForm): string {
  const [standard = '', version = '', ...notation] = form.split('-');
  return `${standard === 'spdx' ? 'SPDX' : 'CycloneDX'} ${version}, ${notation.join(' ').replace(/json|xml/, (word) => word.toUpperCase())}`;
}

/** What the office knows of the component, to be taken as an SBOM in the form that is asked for. */
export function TakeSbom({ component, asOf }: { readonly component: string; readonly asOf: string | undefined }) {
  const [form, setForm] = useState<SbomForm>('cyclonedx-1.6-json');
  const [hasVex, setHasVex] = useState(false);
  const maySayVex = form.startsWith('cyclonedx') && asOf === undefined;
  const words = { format: form, vex: maySayVex && hasVex ? 'inside' : 'none', ...(asOf === undefined ? {} : { asOf }) };
  return (
    <Panel title="As an SBOM" about={asOf === undefined ? 'what is known now, with its gaps said in it' : `what was there on ${asOf}`}>
      <div className={styles['take']}>
        <span className="line">
          <select className="field" aria-label="Form of the SBOM" value={form} onChange={(event) => setForm(event.target.value as SbomForm)}>
            {sbomForms.map((id) => (
              <option key={id} value={id}>
                {nameOf(id)}
              </option>
            ))}
          </select>
          <a className="button" href={addressOf('/v1/components/:ref/sbom', { ref: component }, words)} download>
            Download
          </a>
        </span>
        <label className="line" title="CycloneDX only, of now only, and only what you may see">
          <input type="checkbox" checked={maySayVex && hasVex} disabled={!maySayVex} onChange={(event) => setHasVex(event.target.checked)} />
          With what was decided (VEX)
        </label>
      </div>
    </Panel>
  );
}
