import { Panel } from '../../parts/panel.tsx';
import { Link } from '../../parts/link.tsx';
import styles from './first-run.module.css';

const steps = [
  {
    title: 'Read code',
    about: 'Folders, checkouts, bare repositories, git addresses, lockfiles and SBOMs. Nothing in them is run, and nothing is written to them.',
    gives: 'Components, packages with their versions, and owners from CODEOWNERS and catalog-info.yaml',
    command: 'npm run -s guildhall -- scan ~/src/payments https://git.example.com/acme/shop.git',
  },
  {
    title: 'Fetch advisories',
    about: 'OSV, CISA KEV and FIRST EPSS, of the ecosystems in use only. Without access to the internet, --from takes a folder or a mirror.',
    gives: 'Findings, what is known to be exploited, and how likely it is',
    command: 'npm run -s guildhall -- advisories sync',
  },
  {
    title: 'Keep it fresh',
    about: 'Name sources and feeds in a file, and the office reads them again by itself.',
    gives: 'Numbers that say how old they are, and sources that say when they fail',
    command: 'npm start -- --estate guildhall.yaml',
  },
] as const;

/** What a newcomer to an empty office sees: what to do first, what each step gives, and the command for it. */
export function FirstRun() {
  return (
    <Panel
      title="Set up"
      about={
        <>
          In a terminal on the machine that runs Guildhall, with the same <code>--data</code> or <code>--estate</code> as this office; this page
          follows by itself
        </>
      }
      flush
      footer={
        <p>
          Every step is described in README.md. To look around first: <code>npm start</code> opens an example firm.{' '}
          <Link className="link" href="/sources">
            What was tried so far
          </Link>
        </p>
      }
    >
      <ol className={styles['steps']}>
        {steps.map((step, at) => (
          <li key={step.title}>
            <span className={styles['number']} aria-hidden="true">
              {at + 1}
            </span>
            <div className={styles['step']}>
              <h3 className="name">{step.title}</h3>
              <p className="quiet">{step.about}</p>
              <pre className={styles['command']} tabIndex={0} aria-label={`Command: ${step.title}`}>
                {step.command}
              </pre>
              <p className="faint micro">Gives: {step.gives}</p>
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
