import type { CouncilCaseDetail } from '#server/schemas/council.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { deliveryWords } from '../../parts/policy-verdict.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { Link, componentHref, packageHref } from '../../parts/link.tsx';
import { Panel } from '../../parts/panel.tsx';
import { moment } from '../../parts/words.ts';
import styles from './council-case.module.css';

/** What is known of what is asked, what is not, and what the council wants to see. */
export function Facts({ one }: { readonly one: CouncilCaseDetail }) {
  const { facts } = one;
  const rows: readonly (readonly [what: string, value: React.ReactNode])[] = [
    ...(facts.package === null
      ? []
      : [
          [
            'Package',
            <Link key="package" className="link" href={packageHref(facts.package)}>
              <code>
                {facts.package}
                {facts.version === null ? '' : `@${facts.version}`}
              </code>
            </Link>,
          ] as const,
        ]),
    [
      'Component',
      facts.component === null ? null : (
        <Link className="link" href={componentHref(facts.component)}>
          {facts.component}
        </Link>
      ),
    ],
    ['Team', one.team],
    ...(one.kind === 'use' || one.kind === 'snippet'
      ? ([
          ['Delivered', facts.delivery === null ? null : deliveryWords[facts.delivery]],
          ['Linked', facts.linking],
          ['Modified', facts.modified === null ? null : facts.modified ? 'yes' : 'no'],
        ] as const)
      : []),
    ...Object.entries(one.form)
      .filter(([name]) => !shown.has(name))
      .map(([name, value]) => [titleOf(name), saying(value)] as const),
    ['Change by', one.author?.name ?? null],
  ];
  return (
    <Panel title="Facts of the case" about={`From the form, asked ${moment(one.asked)} UTC`}>
      <dl className={styles['facts']}>
        {rows.map(([what, value]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{value ?? <Unknown why="Nobody said" />}</dd>
          </div>
        ))}
      </dl>
      <ul className={styles['lines']} aria-label="Evidence that is wanted">
        {one.wanted.map((each) => (
          <li key={each.id} className="line">
            <Glyph kind={each.isThere ? 'ok' : each.isNeeded ? 'watch' : 'unknown'} />
            <span>
              {each.title} <span className="faint">{each.isThere ? 'there' : each.isNeeded ? 'is missing' : 'not asked for strictly'}</span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const shown: ReadonlySet<string> = new Set(['package', 'version', 'licence', 'component', 'delivery', 'linking', 'modified']);

function titleOf(name: string): string {
  const words = name.replace(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function saying(value: unknown): string | null {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return Array.isArray(value) ? value.join(', ') || null : null;
}
