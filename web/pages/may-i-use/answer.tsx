import { useQuery } from '@tanstack/react-query';
import type { PackageVerdict, Verdict, Verdicts } from '#server/schemas/licence.ts';
import { packageOfPurl, purlOf } from '#language/purl.ts';
import { ask } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { Link, componentHref, listHref, packageHref } from '../../parts/link.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { PolicyVerdict, policyVerdictGlyphs } from '../../parts/policy-verdict.tsx';
import table from '../../parts/plain-table.module.css';
import { askVerdicts } from '../../parts/ask-verdicts.ts';
import { counted, day } from '../../parts/words.ts';
import { AskTheCouncil } from './ask-the-council.tsx';
import styles from './may-i-use.module.css';

type AnswerProps = { readonly purl: string; readonly component: string | null };

/** What the policy says of one package version: the verdict first, then why, what to do, what else there is, and whom to ask. */
export function Answer({ purl, component }: AnswerProps) {
  const query = useQuery(askVerdicts({ packages: [{ purl }], ...(component === null ? {} : { component }) }));
  return (
    <Answered query={query} what="the verdict" rows={4}>
      {(verdicts) => {
        const [one] = verdicts.packages;
        return one === undefined ? null : <Blocks one={one} verdicts={verdicts} component={component} />;
      }}
    </Answered>
  );
}

type Told = { readonly one: PackageVerdict; readonly verdicts: Verdicts; readonly component: string | null };

function Blocks({ one, verdicts, component }: Told) {
  return (
    <div className={styles['answer']}>
      <div className={styles['column']}>
        <Headline one={one} verdicts={verdicts} component={component} />
        <ToDo one={one} component={component} />
        {one.alternatives.length > 0 && <Instead one={one} component={component} />}
      </div>
      <div className={styles['column']}>
        <Whom one={one} verdicts={verdicts} component={component} />
        <Said one={one} />
      </div>
    </div>
  );
}

const headlines: Readonly<Record<Verdict, readonly [word: string, sentence: string]>> = {
  allowed: ['Allowed', 'You may use it.'],
  conditions: ['Allowed with conditions', 'You may use it if you do what is asked below.'],
  review: ['Needs a review', 'Ask the council before you use it.'],
  unknown: ['Unknown', 'Nobody can say yet: something that decides it is not known. Do not take this for a yes.'],
  denied: ['Denied', 'You may not use it so.'],
};

function Headline({ one, verdicts, component }: Told) {
  const [word, sentence] = headlines[one.verdict];
  return (
    <section className={styles['headline']} data-verdict={one.verdict} aria-label="Verdict" aria-live="polite">
      <p className={styles['word']}>
        <Glyph kind={policyVerdictGlyphs[one.verdict]} />
        {word}
      </p>
      <p className={styles['sentence']}>{sentence}</p>
      <p>{one.because}</p>
      {one.notes.map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
      <dl className={styles['facts']}>
        <div>
          <dt>Package</dt>
          <dd>
            <Link className="link" href={packageHref(withoutVersion(one.purl))}>
              <code>{one.purl}</code>
            </Link>
          </dd>
        </div>
        <div>
          <dt>Licence</dt>
          <dd>
            {one.licence === null ? <Unknown why="Nobody here knows under which licence it is">Not known</Unknown> : <code>{one.licence}</code>}
            {one.relyOn.length > 0 && one.relyOn.join(' AND ') !== one.licence && (
              <>
                , relying on <code>{one.relyOn.join(' AND ')}</code>
                {one.choice !== null && ', as counsel chose'}
                {one.choice?.council != null && (
                  <>
                    {' in '}
                    <Link className="link" href={`/council/${one.choice.council}`}>
                      {one.choice.council}
                    </Link>
                  </>
                )}
              </>
            )}
            {one.choices.length > 1 && ` · a choice: any of ${one.choices.map((each) => each.join(' AND ')).join(', or ')}`}
            {one.isDisputed && ' · sources differ, so all of it is to be met'}
          </dd>
        </div>
        <div>
          <dt>Used in</dt>
          <dd>
            {component === null ? (
              'no component named: judged for every way of delivery'
            ) : (
              <Link className="link" href={componentHref(component)}>
                {component}
              </Link>
            )}
            {one.artifact !== null && `, ${one.artifact}`}
          </dd>
        </div>
        {one.path.length > 0 && (
          <div>
            <dt>Comes in</dt>
            <dd>{one.path.length === 1 ? 'directly' : one.path.join(' → ')}</dd>
          </div>
        )}
        <div>
          <dt>By</dt>
          <dd>
            {one.refusal === null ? '' : 'the council, above '}
            {verdicts.policy}
            {one.rule !== null && `, line ${one.rule}`}
            {verdicts.isBuiltIn && ': built in, nobody of counsel approved it yet'}
          </dd>
        </div>
        {one.exception !== null && (
          <div>
            <dt>Exception</dt>
            <dd>until {day(one.exception.until)}</dd>
          </div>
        )}
        {one.refusal !== null && (
          <div>
            <dt>Denied by the council</dt>
            <dd>
              <Link className="link" href={`/council/${one.refusal.case}`}>
                {one.refusal.name}
              </Link>
              , until {one.refusal.until === null ? 'it is asked again' : day(one.refusal.until)}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

const questions: Readonly<Record<PackageVerdict['asks'][number], string>> = {
  licence: 'Under which licence it is: counsel concludes that.',
  delivery: 'How what it goes into is delivered.',
  linking: 'Whether it is linked statically or dynamically.',
  modified: 'Whether it is changed here.',
};

function ToDo({ one, component }: Pick<Told, 'one' | 'component'>) {
  if (one.obligations.length === 0 && one.asks.length === 0 && one.suggestion === null) return null;
  return (
    <Panel title="What to do" about="What the licence asks for in this use, and what is still to be said.">
      <ul className={styles['lines']}>
        {one.asks.map((each) => (
          <li key={each}>
            <span>
              <span className="badge">to be said</span> {questions[each]}{' '}
              {each !== 'licence' &&
                (component === null ? (
                  'Name the component above.'
                ) : (
                  <Link className="link" href={componentHref(component)}>
                    Say it for the component
                  </Link>
                ))}
            </span>
          </li>
        ))}
        {one.suggestion !== null && (
          <li>
            What is written may mean <code>{one.suggestion}</code>: for counsel to say.
          </li>
        )}
        {one.obligations.map((each) => (
          <li key={each.id}>
            <span>
              <span className="badge" data-tone={each.state === 'due' ? 'medium' : undefined}>
                {each.state === 'due' ? 'to do' : 'perhaps'}
              </span>{' '}
              <b className="name">{each.title}.</b> {each.asks}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Instead({ one, component }: Pick<Told, 'one' | 'component'>) {
  return (
    <Panel title="Instead" about="In use here already, and permitted in this use." flush>
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">Package</th>
            <th scope="col">Verdict</th>
            <th scope="col" className="number">
              Used by
            </th>
          </tr>
        </thead>
        <tbody>
          {one.alternatives.map((each) => (
            <tr key={`${each.purl} ${each.version ?? ''}`}>
              <th scope="row">
                <Link
                  className="link"
                  href={listHref('/may-i-use', { package: each.purl, version: each.version ?? undefined, for: component ?? undefined })}
                >
                  <code>
                    {each.purl}
                    {each.version !== null && `@${each.version}`}
                  </code>
                </Link>
                {each.why === 'named' && <span className="faint"> named by the policy</span>}
              </th>
              <td>
                <PolicyVerdict verdict={each.verdict} />
              </td>
              <td className="number">
                <Link className="rows" href={listHref(packageHref(each.purl), { version: each.version ?? undefined })}>
                  {counted(each.components, 'component')}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Whom({ one, verdicts, component }: Told) {
  const purl = withoutVersion(one.purl);
  const known = useQuery(ask('/v1/packages/:purl', { purl }));
  const steward = known.data?.steward ?? null;
  const { team, owner, counsel } = verdicts.ask;
  return (
    <Panel title="Whom to ask">
      <dl className={styles['facts']}>
        <div>
          <dt>Team</dt>
          <dd>
            {team === null ? (
              <Unknown why={component === null ? 'No component was named' : 'Nobody owns this component, or its team says that it does not'}>
                None
              </Unknown>
            ) : (
              <Link className="link" href={listHref('/components', { team })}>
                {team}
              </Link>
            )}
            {owner !== null && <span className="faint"> · confirmed by {owner.name ?? owner.person}</span>}
          </dd>
        </div>
        <div>
          <dt>Steward</dt>
          <dd>{steward === null ? <Unknown why="Nobody was named to be asked about this package">None named</Unknown> : steward.name}</dd>
        </div>
        <div>
          <dt>Counsel</dt>
          <dd>
            {counsel.length === 0 ? (
              <Unknown why="Nobody has the role of counsel">Nobody</Unknown>
            ) : (
              counsel.map(({ person, name }) => name ?? person).join(', ')
            )}
          </dd>
        </div>
      </dl>
      <AskTheCouncil one={one} component={component} />
    </Panel>
  );
}

const sources: Readonly<Record<PackageVerdict['claims'][number]['source'], string>> = {
  lockfile: 'Lockfile',
  manifest: 'Manifest',
  sbom: 'SBOM',
  registry: 'Registry',
  'licence-file': 'Licence text, by likeness',
  counsel: 'Concluded by counsel',
};

function Said({ one }: Pick<Told, 'one'>) {
  return (
    <Panel title="What is said of its licence" about="Word for word, by source.">
      {one.claims.length === 0 ? (
        <p>
          <Unknown>Nobody says anything</Unknown>
        </p>
      ) : (
        <dl className={styles['facts']}>
          {one.claims.map((claim) => (
            <div key={claim.source}>
              <dt>{sources[claim.source]}</dt>
              <dd>
                <code>{claim.said.join(', ')}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}

function withoutVersion(purl: string): string {
  const named = packageOfPurl(purl);
  return (named?.ecosystem == null ? null : purlOf(named.ecosystem, named.name, null)) ?? purl.replace(/@[^@/]*$/, '');
}
