import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { Link, listHref } from '../../parts/link.tsx';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { PageHead } from '../../parts/panel.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { Answer } from './answer.tsx';
import { AskForm } from './ask-form.tsx';
import { meantBy, nameAndVersion, type Meant } from './meant.ts';
import styles from './may-i-use.module.css';

/** "May I use this?": a package, perhaps a version and a component; what the policy says, why, and what to do. */
export function Page() {
  const [search] = useSearchParams();
  const { package: text = '', version = '', for: component = '' } = search;
  return (
    <div className={styles['page']}>
      <PageHead
        title="May I use this?"
        about="What the IP policy says of a package, for whoever wants to use it. A policy verdict, no legal advice."
      />
      <AskForm key={`${text} ${version} ${component}`} text={text} version={version} component={component} />
      {text === '' ? (
        <Empty title="Type the name of a package, or paste its purl.">
          Name the component that it is for as well: how it is delivered decides what licences ask for.
        </Empty>
      ) : (
        <Found text={text} version={version} component={component === '' ? null : component} />
      )}
    </div>
  );
}

type Asked = { readonly text: string; readonly version: string; readonly component: string | null };

function Found({ text, version, component }: Asked) {
  const isPurl = /^pkg:/i.test(text);
  const known = useQuery({ ...ask('/v1/search', {}, { q: nameAndVersion(text).name.slice(0, 200), limit: '20' }), enabled: !isPurl });
  if (isPurl) return <Told meant={meantBy(text, version, [])} component={component} />;
  return (
    <Answered query={known} what="the packages in use" rows={3}>
      {({ groups }) => <Told meant={meantBy(text, version, groups.find((each) => each.kind === 'package')?.items ?? [])} component={component} />}
    </Answered>
  );
}

function Told({ meant, component }: { readonly meant: Meant; readonly component: string | null }) {
  switch (meant.kind) {
    case 'one':
      return <Answer key={meant.purl} purl={meant.purl} component={component} />;
    case 'several':
      return <Choice title="Which of these do you mean?" choices={meant.purls.map((purl) => [purl, purl])} component={component} />;
    case 'not-here':
      return <Choice title="Nobody here uses a package of this name. Where is it from?" choices={meant.purls} component={component} />;
    case 'no-purl':
      return <Empty title="This is no package.">A name, such as lodash, or a purl, such as pkg:npm/lodash@4.17.21.</Empty>;
    default:
      return meant satisfies never;
  }
}

type ChoiceProps = {
  readonly title: string;
  readonly choices: readonly (readonly [label: string, purl: string])[];
  readonly component: string | null;
};

function Choice({ title, choices, component }: ChoiceProps) {
  return (
    <section className={styles['choice']} aria-label={title}>
      <p className="name">{title}</p>
      <ul>
        {choices.map(([label, purl]) => (
          <li key={purl}>
            <Link className="button" href={listHref('/may-i-use', { package: purl, for: component ?? undefined })}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
