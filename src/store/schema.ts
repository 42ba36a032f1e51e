import type { LedgerEntry, LedgerWords } from '#model/act.ts';
import type { SeverityLevel } from '#model/advisory.ts';

/**
 * The tables, one type each, the same on SQLite and PostgreSQL. Times are Unix milliseconds in 64-bit integers,
 * `Json` is canonical JSON text, `Blob` is packed or zstd bytes. Permanent tables first; everything after them is folded and can be rebuilt.
 */
export type Database = {
  // ── permanent ──
  meta: { key: string; value: string };
  raw: RawTable;
  raw_chunk: RawChunkTable;
  receipt: ReceiptTable;
  reading: ReadingTable;
  api_token: ApiTokenTable;
  saved_view: SavedViewTable;
  /** What people did: only ever added to. */
  ledger: LedgerEntry;
  /** Names and free text of ledger entries; a row that is gone was erased. */
  ledger_words: LedgerWords;
  credential: CredentialTable;
  token_secret: TokenSecretTable;
  /** Signed heads of the ledger; `seq` is also how many entries there were. */
  ledger_checkpoint: LedgerCheckpointTable;
  carried_out: CarriedOutTable;
  raw_access: RawAccessTable;
  rule_episode: RuleEpisodeTable;
  // ── kept here, but of this installation only: not in a backup ──
  session: SessionTable;
  login_link: LoginLinkTable;
  signed_in: SignedInTable;
  oidc_flow: OidcFlowTable;
  once_key: OnceKeyTable;
  delivery: DeliveryTable;
  /** What was said on a channel, so that it is said once. */
  notice_said: { channel: string; key: string; at: number };
  // ── work: what is left to do, derived from receipts without readings ──
  receipt_work: ReceiptWorkTable;
  registry_look: RegistryLookTable;
  lease: LeaseTable;
  job_run: JobRunTable;
  job_progress: { name: string; body: string };
  // ── folded ──
  package: PackageTable;
  package_version: PackageVersionTable;
  component: ComponentTable;
  component_ref: { ref: string; component_id: number };
  evidence: EvidenceTable;
  advisory: AdvisoryTable;
  /** Which packages a record names or ever named, by ecosystem as written without its suffix and normalised name. */
  /** Every id a record bears: its own and its aliases. */
  advisory_name: { name: string; advisory_id: number };
  advisory_package: { ecosystem: string; name_key: string; advisory_id: number };
  advisory_match: MatchTable;
  /** What was said of licences, each text once: canonical JSON of a list. */
  licence_text: { id: number; hash: string; said: string };
  licence_claim: { package_version_id: number; source: string; text_id: number };
  licence_file: LicenceFileTable;
  finding_pack: { component_id: number; open: Uint8Array; closed: Uint8Array };
  enrichment: { cve: string; kev_added: string | null; epss: number | null; epss_percentile: number | null; epss_date: string | null };
  source: SourceTable;
  registry_package: RegistryPackageTable;
  /** `cycles` is canonical JSON. */
  end_of_life: { product: string; label: string; source: string; cycles: string };
  hash_search: HashSearchTable;
  sbom_quality: SbomQualityTable;
  attestation: AttestationTable;
  /** What attestations are about: `sha256:…`. */
  attestation_subject: { digest: string; raw: string; entry: number };
  /** Hosts from which lockfiles ever took a package; `ownName` for a name that a component of our own bears. */
  package_host: { ecosystem: string; name_key: string; host: string };
  change: { seq: number; at: number; kind: string; body: string };
};

/**
 * What the search for the file of an incident found in one evidence: `component` is a first ref, `raw` the hash of the bytes that were searched, empty
 * where there were none. `found` is canonical JSON of a list of `FoundPackage`.
 */
export type HashSearchTable = {
  incident: string;
  component: string;
  kind: string;
  path: string;
  raw: string;
  outcome: 'found' | 'none' | 'no-hashes' | 'unreadable';
  found: string;
  searched_at: number;
};

/**
 * A file with a licence in the tree of a component. `role` is a `LicenceFileRole`; `package_version_id` is null unless it belongs to one. `reading` is the key
 * of its reading, empty where it could not be read; `list` names the list of licences it was compared with; `found` is canonical JSON of a `LicenceFound`, or
 * `null`.
 */
export type LicenceFileTable = {
  component_id: number;
  path: string;
  role: string;
  package_version_id: number | null;
  reading: string;
  list: string;
  found: string;
};

/**
 * How good the SBOM is that an evidence showed from a time on. `raw` is the hash of its bytes, `receipt` the public id of who showed it, `judge` the version
 * of what judged it, `keys` by which signatures were checked. `signature` is that of its own; `standing` and the much longer `body` are canonical JSON
 * (operations/sbom/judged-sbom.ts).
 */
export type SbomQualityTable = {
  component: string;
  path: string;
  valid_at: number;
  raw: string;
  receipt: string;
  seen_at: number;
  judge: number;
  keys: string;
  signature: 'none' | 'verified' | 'not-verified' | 'fails';
  standing: string;
  body: string;
};

/**
 * An attestation that was received: the one at a place (`entry`) in the file `raw`. `component` is the ref it may speak of, empty for any; `keys` by which its
 * signature was checked, empty when it was not looked at yet. `body` is canonical JSON (operations/sbom/kept-attestation.ts).
 */
export type AttestationTable = {
  raw: string;
  entry: number;
  component: string;
  receipt: string;
  received_at: number;
  keys: string;
  signature: 'verified' | 'not-verified' | 'fails';
  body: string;
};

export type LedgerCheckpointTable = { seq: number; at: number; hash: string; key_id: string; signature: string };

/**
 * One stretch of a finding of a rule that is observed, by natural keys: `component` is a first ref, `ecosystem` and `name_key` are empty where it is
 * about no package. `since` is the UTC day since when it was true, `opened_at` when it was observed; null `closed_at` means that it stands.
 */
export type RuleEpisodeTable = {
  component: string;
  rule: string;
  ecosystem: string;
  name_key: string;
  subject: string;
  episode: number;
  opened_at: number;
  since: number;
  closed_at: number | null;
  /** `withdrawn`: the policy does not use the rule any more. */
  closed_because: 'fixed' | 'withdrawn' | null;
  reason: string;
  severity: SeverityLevel;
};

/** Bytes by SHA-256 (hex) of what is kept; `bytes` counts them uncompressed. `staged` is 1 for an upload until a receipt names it; those are swept. */
export type RawTable = { hash: string; bytes: number; chunks: number; kept_at: number; staged: number };
/** zstd of one MiB each, in order. `hash` is `upload:…` until the upload is whole. */
export type RawChunkTable = { hash: string; part: number; data: Uint8Array };

export type ReceiptTable = {
  seq: number;
  /** Random, how clients name it. */
  public_id: string;
  source: string;
  origin: string;
  revision: string | null;
  valid_at: number;
  received_at: number;
  confirmed_at: number;
  outcome: 'complete' | 'partial' | 'failed';
  /** Hash of the tree's canonical JSON in `raw`. */
  tree: string;
  problems: string;
  place: string | null;
};

/** `key` is the SHA-256 of format, version and inputs; `main` the hash of the file itself; `result` the hash of the canonical result in `raw`. */
export type ReadingTable = {
  key: string;
  format: string;
  format_version: number;
  path: string;
  main: string;
  inputs: string;
  read_at: number;
  result: string;
};

/** `scopes` is canonical JSON; null `expires` and `revoked` mean never. Times in Unix milliseconds, the hash is the token's SHA-256. */
export type ApiTokenTable = { hash: string; name: string; scopes: string; created: number; expires: number | null; revoked: number | null };
/**
 * A list that somebody named. `page` is its path in the web, `search` the words behind the `?`, `author` the lasting pseudonym of who made it;
 * `own` is seen by that one only. `version` counts its changes from 1.
 */
export type SavedViewTable = {
  id: string;
  name: string;
  scope: 'own' | 'office';
  page: string;
  search: string;
  author: string;
  created: number;
  changed: number;
  version: number;
};
/** Acts of the ledger that this store has carried out, by number. */
export type CarriedOutTable = { seq: number; at: number };
/** Who was given the bytes of a file: `door` is by what way, `path` empty once the receipt is gone. */
export type RawAccessTable = { at: number; who: string; door: 'http' | 'cli'; receipt: string; path: string };
/** `person` is the pseudonym of whose session it is; null for one by a link that names nobody. */
export type SessionTable = {
  id_hash: string;
  csrf: string;
  created: number;
  expires: number;
  person: string | null;
  how: 'link' | 'password' | 'oidc';
};
export type LoginLinkTable = { token_hash: string; expires: number; used_at: number | null; person: string | null };

/** A password as scrypt keeps it (base64url, `cost` is its N). After too many `failures` in a row nothing is let in until `locked_until`. */
export type CredentialTable = {
  person: string;
  salt: string;
  hash: string;
  cost: number;
  changed: number;
  failures: number;
  locked_until: number;
};

/** The hash of an API token's secret and which token of the ledger it is. */
export type TokenSecretTable = { hash: string; token: string; used_at: number | null };

/** When a person last signed in. */
export type SignedInTable = { person: string; at: number; how: SessionTable['how'] };

/** A sign-in by OpenID Connect that is under way in one browser. */
export type OidcFlowTable = { state_hash: string; browser_hash: string; verifier: string; nonce: string; to: string; expires: number };

/**
 * A request with an `Idempotency-Key`: `key` is a hash, `made` the id chosen for what it makes, `result` what it gave, null while it is being done,
 * which is believed until `until`.
 */
export type OnceKeyTable = { key: string; made: string; result: string | null; until: number; asked_at: number };
/**
 * Something on its way out, and afterwards what became of it. `key` names what it is about: the same again takes its place. `until` and `token` are who is
 * sending it; `dead` is given up until somebody asks for another try. `remote` is what the other side calls it, where it keeps it.
 */
export type DeliveryTable = {
  id: string;
  key: string;
  channel: string;
  /** Pseudonym, team or address of the configuration; mail addresses of people stand in the ledger's words only. */
  recipient: string;
  kind: string;
  title: string;
  body: string;
  state: 'waiting' | 'sent' | 'dead';
  tries: number;
  due: number;
  until: number;
  token: string | null;
  problem: string | null;
  remote: string | null;
  created: number;
  sent_at: number | null;
};
/** Who works on what: `holder` names a process, `token` this one time. */
export type LeaseTable = { name: string; holder: string; token: string; until: number };
/** A scheduled job: when it ran last and is due next. `failures` counts those since it last went well, `problem` is the last one's sentence. */
export type JobRunTable = { name: string; due: number; ran_at: number; failures: number; problem: string | null };

export type ReceiptWorkTable = { seq: number; state: 'pending' | 'read' | 'failed'; problems: string; finished_at: number | null };

export type PackageTable = { id: number; ecosystem: string; name_key: string; name: string };
/** `version` is empty for an unresolved range, which then stands in `range`. */
export type PackageVersionTable = { id: number; package_id: number; version: string; range: string };

export type ComponentTable = {
  id: number;
  /** First ref, the permanent identity. */
  ref: string;
  name: string;
  origin: string;
  dir: string;
  /** Facts of the component for pages: owners, entity, description, evidence problems, test material. Canonical JSON. */
  facts: string;
  team: string | null;
  revision: string | null;
  valid_at: number | null;
  confirmed_at: number | null;
  stale_since: number | null;
  /** When it was first seen; stays as it was when the row is put again. */
  known_at: number;
  /** When it was retired, Unix milliseconds; null while it lives. */
  retired_at: number | null;
  /** 1 when it was deleted or erased: only its identity is left, so that it is known again and passed over. */
  removed: number;
};

export type EvidenceTable = {
  id: number;
  component_id: number;
  kind: string;
  path: string;
  format: string | null;
  /** Packed open occurrences, closed segments and edges (language/packed/). */
  open: Uint8Array;
  closed: Uint8Array;
  edges: Uint8Array;
  /** Receipt that last showed it. */
  receipt: number;
  valid_at: number;
  /** When a receipt last showed it, whatever its place in valid time. */
  seen_at: number;
  ended: number;
  stale_since: number | null;
  problems: string;
  /** What it says of where its packages come from and how they are proved (model/supply.ts), canonical JSON. */
  supply: string;
  /** Fingerprint of the readings folded in, so that an unchanged evidence is skipped. */
  fold_key: string;
};

export type AdvisoryTable = {
  id: number;
  record: string;
  /** Hash in `raw` of the present version. */
  raw: string;
  published: string | null;
  modified: string;
  withdrawn: string | null;
  /** Canonical JSON of what judging and showing need: aliases, severity, affected, summary. */
  body: string;
  group_key: string;
  /** When we first had the record. */
  known_at: number;
};

/** One interval of (package version, record): `known_until` null means it stands. */
export type MatchTable = {
  package_version_id: number;
  advisory_id: number;
  kind: 'affected' | 'unknown';
  by: 'range' | 'versions';
  range: string;
  fixed_in: string | null;
  known_from: number;
  known_until: number | null;
  /** Why it ended; null while it stands. */
  ended_by: 'withdrawn' | 'not-affected' | null;
};

/** One golden source or feed and how it stands. */
export type SourceTable = {
  origin: string;
  source: string;
  last_attempt: number;
  last_success: number | null;
  outcome: 'complete' | 'partial' | 'failed';
  /** Items of the last success: files, records. */
  items: number;
  problems: string;
  /** What the next collection starts from (etag, newest modified), JSON. */
  cursor: string;
};

/** In `package_host` in place of a host: a component of the firm bears the name. */
export const ownName = '(own)';

/** What a registry says of a package: `record` is the hash in `raw` of it, `summary` canonical JSON of what judging needs, `receipt` who showed it. */
export type RegistryPackageTable = {
  ecosystem: string;
  name_key: string;
  name: string;
  /** `absent`: the registry has no such package; what it said before that stands in `record`. */
  state: 'known' | 'absent';
  /** Address of the registry. */
  registry: string;
  record: string | null;
  summary: string;
  receipt: number;
  valid_at: number;
};

/** When a registry was asked about a package, and when it answered; `wanted_at` is when somebody asked about it who does not use it. */
export type RegistryLookTable = {
  ecosystem: string;
  name_key: string;
  name: string;
  registry: string;
  asked_at: number;
  good_at: number | null;
  etag: string | null;
  last_modified: string | null;
  failures: number;
  problem: string | null;
  wanted_at: number | null;
};
