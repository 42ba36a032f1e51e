import { redactText } from '#language/redact.ts';
import type { DatabaseFault, StoreFacts } from '#store/examine-store.ts';
import { fault, ok, warning, type Check } from './check.ts';

type Sqlite = Extract<StoreFacts, { kind: 'sqlite' }>;
type Postgres = Extract<StoreFacts, { kind: 'postgres' }>;

const oldestServer = 15;
const skewToleranceMs = 5_000;
const longLogBytes = 256e6;

/** Whether the database can be used by this program, and what to do where it cannot. */
export function databaseChecks(facts: StoreFacts): readonly Check[] {
  switch (facts.kind) {
    case 'absent':
      return [ok('store', 'there is none yet; the first start makes it')];
    case 'unreachable':
      return [fault('store', `The database cannot be used: ${redactText(facts.message).replace(/\.$/, '')}.`, nextSteps[facts.why], 3)];
    case 'sqlite':
      return [layoutCheck(facts), ...(facts.layout === null ? [] : [integrityCheck(facts), logCheck(facts)])];
    case 'postgres':
      return [layoutCheck(facts), serverCheck(facts), rightsCheck(facts), clockCheck(facts)];
    default:
      return facts satisfies never;
  }
}

const nextSteps: Readonly<Record<DatabaseFault, string>> = {
  'bad-url': 'Write DATABASE_URL as postgres://user:password@host:5432/database, with signs such as @ or / in the password percent-encoded.',
  name: 'The name of its host has no address: check the spelling in DATABASE_URL and the name server.',
  connection: 'Nothing answers at that host and port: check both in DATABASE_URL, that the server runs, and the firewall.',
  tls: 'TLS does not come about: add ?sslmode=verify-full&sslrootcert=/path/ca.pem to DATABASE_URL where the server asks for it, or leave sslmode out where it has none.',
  password: 'The server knows neither this user nor password from here: check both in DATABASE_URL, and pg_hba.conf for this machine.',
  database: 'The server has no such database: create it with "encoding \'UTF8\' template template0", or correct its name in DATABASE_URL.',
  right: 'The user may not open it: grant it the database and its schema, or check the owner of the data folder.',
  'too-many': 'The server has no connection left: raise max_connections, or end what holds them. Each process of an office takes up to ten.',
  starting: 'The server is starting or shutting down: wait and try again.',
  locked: 'Another process keeps it locked: wait for it, or find and end it.',
  damaged: 'The file is no sound SQLite database: restore the last backup into an empty folder, and check the disk.',
  other: 'Check that the server runs and that DATABASE_URL names it.',
};

function layoutCheck({ kind, layout, newestLayout }: Sqlite | Postgres): Check {
  if (layout === null) return ok('store', `${kind} answers and is empty`);
  if (layout > newestLayout)
    return fault(
      'store',
      `The store has layout ${String(layout)}, this program knows ${String(newestLayout)}: a newer one has written it.`,
      'Start the newer program, or restore a backup into an empty store with this one.',
      3,
    );
  return layout < newestLayout
    ? warning(
        'store',
        `The store has layout ${String(layout)}, this program writes ${String(newestLayout)}.`,
        'Back up; the next start brings it up to date. Until then the store is not looked into.',
      )
    : ok('store', `${kind} answers, layout ${String(layout)}`);
}

function integrityCheck({ damage }: Sqlite): Check {
  return damage === null
    ? ok('integrity', "SQLite's quick check finds nothing")
    : fault(
        'integrity',
        `The database is damaged: ${damage}`,
        'Stop the office, keep a copy of the folder, restore the last backup into an empty one, and check the disk.',
      );
}

function logCheck({ logBytes }: Sqlite): Check {
  const text = `${(logBytes / 1e6).toFixed(1)} MB`;
  return logBytes < longLogBytes
    ? ok('log', `the write-ahead log has ${text}`)
    : warning(
        'log',
        `The write-ahead log has ${text}.`,
        'Some process reads without end, so that it cannot be folded back: end it, or restart the office.',
      );
}

function serverCheck({ version, encoding }: Postgres): Check {
  const major = Math.floor(version / 10_000);
  if (major < oldestServer)
    return fault(
      'server',
      `The server is PostgreSQL ${String(major)}.`,
      `Guildhall needs ${String(oldestServer)} or newer: move to one by backup and restore.`,
      3,
    );
  if (encoding !== 'UTF8')
    return fault(
      'server',
      `The database keeps text as ${encoding}.`,
      'Create one with "encoding \'UTF8\' template template0" and move by backup and restore.',
      3,
    );
  return ok('server', `PostgreSQL ${String(major)}, UTF8`);
}

function rightsCheck({ mayCreate, isReadOnly, layout, newestLayout }: Postgres): Check {
  if (isReadOnly)
    return fault(
      'database rights',
      'The database takes no writes.',
      'It is a standby or set read-only: name the primary in DATABASE_URL, or set default_transaction_read_only off.',
      3,
    );
  if (mayCreate) return ok('database rights', 'the user may write and make tables');
  return layout === newestLayout
    ? warning('database rights', 'The user may not make tables.', 'The next upgrade will need it: grant create on schema public to the user.')
    : fault(
        'database rights',
        'The user may not make tables.',
        'grant create on schema public to the user of DATABASE_URL, or make it the owner of the database.',
        3,
      );
}

function clockCheck({ clock, askedAt }: Postgres): Check {
  const skew = Math.round(clock - askedAt);
  const text = `${(Math.abs(skew) / 1000).toFixed(1)} s`;
  return Math.abs(skew) <= skewToleranceMs
    ? ok('clock', `${text} from the database's`)
    : warning(
        'clock',
        `The clock of the database is ${text} ${skew > 0 ? 'ahead of' : 'behind'} this machine's.`,
        'Let both follow a time server: what is known since when rests on them.',
      );
}
