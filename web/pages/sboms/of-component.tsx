import { useQuery } from '@tanstack/react-query';
import { profileWords, qualityProfiles } from '#model/sbom-quality.ts';
import type { ComponentSboms } from '#server/schemas/sbom-quality.ts';
import { ask } from '../../parts/api.ts';
import { Link, componentHref, receiptHref } from '../../parts/link.tsx';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { SignatureBadge } from '../../parts/signature-badge.tsx';
import { count, counted, day, moment, shortRevision } from '../../parts/words.ts';
import { Difference } from './difference.tsx';
import { Disagreements } from './disagreements.tsx';
import styles from './sboms.module.css';

type Sbom = ComponentSboms['items'][number];

/** The SBOMs of one component: what each lacks and what to do, how it went, who built what it describes, and what differs. */
export function OfComponent({ component }: { readonly component: string }) {
  const query = useQuery(ask('/v1/components/:ref/sboms', { ref: component }));
  return (
    <div className={styles['blocks']}>
      <p>
        SBOMs of{' '}
        <Link className="link" href={componentHref(component)}>
          {component}
        </Link>
      </p>
      <Answered query={query} what="the SBOMs">
        {({ items, waiting, formula }) => (
          <>
            {items.length === 0 && waiting.length === 0 && <Empty title="No SBOM shows this component." />}
            {waiting.length > 0 && <p className="faint">Not judged yet: {waiting.join(', ')}. That takes a minute.</p>}
            {items.map((sbom) => (
              <One key={sbom.path} sbom={sbom} formula={formula} />
            ))}
            {items.length > 0 && <Difference component={component} sboms={items} />}
            <Disagreements component={component} />
          </>
        )}
      </Answered>
    </div>
  );
}

function One({ sbom, formula }: { readonly sbom: Sbom; readonly formula: string }) {
  const { path, form, components, scores, signature, validAt, receipt, elements, problems } = sbom;
  const missing = elements.filter((each) => each.unseen === null && each.met < each.total);
  const others = elements.filter((each) => !missing.includes(each));
  return (
    <Panel
      title={path}
      about={`${form ?? 'could not be read'}, ${counted(components, 'component')}, shown ${moment(validAt)} UTC`}
      actions={
        <>
          <SignatureBadge signature={signature} />
          <Link className="button" data-size="small" href={receiptHref(receipt)}>
            Receipt
          </Link>
        </>
      }
      footer={formula}
      flush
    >
      {signature.state === 'fails' && (
        <p role="alert" className={styles['choice']}>
          {signature.because}
        </p>
      )}
      <dl className={styles['scores']}>
        <div>
          <dt>Score</dt>
          <dd>{scores === null ? 'unknown' : `${String(scores.all)} of 100`}</dd>
        </div>
        {qualityProfiles.map((profile) => (
          <div key={profile}>
            <dt>{profileWords[profile].title}</dt>
            <dd>{scores === null ? 'unknown' : scores[profile]}</dd>
          </div>
        ))}
        {signature.state !== 'fails' && (
          <div>
            <dt>Signature</dt>
            <dd>{signature.because}</dd>
          </div>
        )}
      </dl>
      {problems.length > 0 && (
        <ul className={styles['choice']}>
          {problems.slice(0, 5).map((problem) => (
            <li key={`${problem.code} ${String(problem.line)} ${problem.message}`}>{problem.message}</li>
          ))}
        </ul>
      )}
      {missing.length > 0 && <Elements title="Missing" elements={missing} />}
      {others.length > 0 && (
        <details>
          <summary className={styles['choice']}>{counted(others.length, 'element')} met or not looked at</summary>
          <Elements title="Met or not looked at" elements={others} />
        </details>
      )}
      {sbom.attestations.length > 0 && <Attestations attestations={sbom.attestations} />}
      {sbom.past.length > 1 && <Past past={sbom.past} />}
    </Panel>
  );
}

function Elements({ title, elements }: { readonly title: string; readonly elements: Sbom['elements'] }) {
  return (
    <div className={styles['wide']}>
      <table className={table['table']}>
        <caption className="hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">Element</th>
            <th scope="col" className="number">
              Met
            </th>
            <th scope="col" className="number">
              Weight
            </th>
            <th scope="col">What to do</th>
            <th scope="col">Which</th>
          </tr>
        </thead>
        <tbody>
          {elements.map((each) => (
            <tr key={each.id}>
              <th scope="row">
                <span className="stack">
                  {each.title}
                  <span className="faint micro">
                    {profileWords[each.profile].title}, {each.section}
                  </span>
                </span>
              </th>
              <td className="number">{each.unseen === null ? `${count(each.met)} of ${count(each.total)}` : '–'}</td>
              <td className="number">{each.weight}</td>
              <td>{each.unseen ?? (each.met < each.total ? each.fix : 'Nothing')}</td>
              <td className={styles['misses']}>
                <Misses element={each} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Misses({ element: { met, total, misses } }: { readonly element: Sbom['elements'][number] }) {
  if (misses.length === 0) return <span className="faint">{met < total ? 'the document' : '–'}</span>;
  return (
    <details>
      <summary>{counted(total - met, 'component')}</summary>
      <ul>
        {misses.map(({ ref, name, version }) => (
          <li key={ref}>
            {name} {version ?? 'without version'} <code className="faint">{ref}</code>
          </li>
        ))}
        {total - met > misses.length && <li>… {count(total - met - misses.length)} more: guildhall sbom quality names all</li>}
      </ul>
    </details>
  );
}

function Attestations({ attestations }: { readonly attestations: Sbom['attestations'] }) {
  return (
    <div className={styles['wide']}>
      <table className={table['table']}>
        <caption className="hidden">Attestations</caption>
        <thead>
          <tr>
            <th scope="col">Attestation</th>
            <th scope="col">Built by</th>
            <th scope="col">From</th>
            <th scope="col">Signature</th>
            <th scope="col">Received</th>
          </tr>
        </thead>
        <tbody>
          {attestations.map((each) => (
            <tr key={`${each.predicateType} ${each.receivedAt} ${each.about} ${each.builder ?? ''}`}>
              <th scope="row">
                <span className="stack">
                  <span>about {each.about === 'sbom' ? 'the SBOM itself' : 'what the SBOM describes'}</span>
                  <code className="faint micro">{each.predicateType}</code>
                </span>
              </th>
              <td className={styles['misses']}>{each.builder ?? <span className="faint">not said</span>}</td>
              <td className={styles['misses']}>
                {each.source ?? <span className="faint">not said</span>}
                {each.commit !== null && (
                  <>
                    {' '}
                    <code title={each.commit}>{shortRevision(each.commit)}</code>
                  </>
                )}
              </td>
              <td>
                <SignatureBadge signature={each.signature} />
              </td>
              <td>{day(each.receivedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Past({ past }: { readonly past: Sbom['past'] }) {
  return (
    <div className={styles['wide']}>
      <table className={table['table']}>
        <caption className="hidden">How its score went</caption>
        <thead>
          <tr>
            <th scope="col">Shown</th>
            <th scope="col" className="number">
              Score
            </th>
            {qualityProfiles.map((profile) => (
              <th key={profile} scope="col" className="number">
                {profileWords[profile].title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {past.toReversed().map((each) => (
            <tr key={`${each.receipt} ${each.validAt}`}>
              <th scope="row">
                <Link className="link" href={receiptHref(each.receipt)}>
                  {moment(each.validAt)} UTC
                </Link>
              </th>
              <td className="number">{each.scores?.all ?? 'unknown'}</td>
              {qualityProfiles.map((profile) => (
                <td key={profile} className="number">
                  {each.scores?.[profile] ?? 'unknown'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
