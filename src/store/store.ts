import type { EntryHead, KeptEntry, LedgerEntry, LedgerWords } from '#model/act.ts';
import type { LicenceSource } from '#model/licence.ts';
import type { EndOfLifeRow } from '#model/end-of-life.ts';
import type { Place, Receipt, TreeEntry } from '#model/receipt.ts';
import type { Problem } from '#model/problem.ts';
import type { ReadingResult } from '#model/reading.ts';
import type {
  AdvisoryTable,
  ApiTokenTable,
  AttestationTable,
  ComponentTable,
  CredentialTable,
  Database,
  DeliveryTable,
  EvidenceTable,
  HashSearchTable,
  JobRunTable,
  LedgerCheckpointTable,
  LicenceFileTable,
  LoginLinkTable,
  MatchTable,
  OidcFlowTable,
  PackageTable,
  PackageVersionTable,
  RawAccessTable,
  ReadingTable,
  RegistryLookTable,
  RegistryPackageTable,
  RuleEpisodeTable,
  SavedViewTable,
  SbomQualityTable,
  SessionTable,
  SignedInTable,
  SourceTable,
  TokenSecretTable,
} from './schema.ts';

/**
 * Everything that must survive, on SQLite or PostgreSQL. Times are Unix milliseconds. Rows of folded tables travel as the schema has them;
 * ids and sequence numbers are this store's own and never leave it. Every function throws only when the store is unreachable or refuses a write.
 */
export type Store = StoreReads & {
  readonly kind: 'sqlite' | 'postgres';
  /** Runs `change` in one transaction, committed durably when the promise resolves; run again from the start when the database asks for it, so it must have no other effects. */
  write<T>(change: (tx: WriteTx) => Promise<T>): Promise<T>;
  /** Runs reads that all see the same moment. */
  snapshot<T>(reads: (reads: StoreReads) => Promise<T>): Promise<T>;
  /** Records one observation in a transaction of its own: resolved means acknowledged. */
  recordReceipt(receipt: NewReceipt): Promise<RecordedReceipt>;
  /** A new upload of unknown length and hash; its chunks are committed as they come and swept when nobody names them. */
  beginRaw(): RawUpload;
  /** Deletes uploads begun before `before` that no receipt names; gives how many. */
  sweepOrphans(before: number): Promise<number>;
  readonly auth: AuthStore;
  readonly leases: LeaseStore;
  readonly jobRuns: JobRunStore;
  readonly onceKeys: OnceKeyStore;
  readonly deliveries: DeliveryStore;
  /** A secret that all processes on this store share, made when first asked for; not in a backup. */
  cursorKey(): Promise<Uint8Array>;
  readonly savedViews: SavedViewStore;
  /** Deletes everything folded and the list of what is left to do, in one transaction; followers are told to reload. */
  emptyDerived(): Promise<void>;
  /**
   * Runs work whose deletions must leave no trace in the store's files. `isGone` says that it does: SQLite's file is then written anew. PostgreSQL keeps
   * deleted rows until its own vacuum, and SQLite's log stays while another process reads.
   */
  erasing<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly isGone: boolean }>;
  /** Moves the epoch, so that cursors given out before are refused; gives the new one. */
  moveEpoch(): Promise<number>;
  /** The permanent data as one archive, the same for both stores, in memory bounded by one raw item. */
  exportPermanent(createdAt: number): AsyncIterable<Uint8Array>;
  /** Keeps when a backup was written whole, in Unix milliseconds. */
  noteBackup(at: number): Promise<void>;
  /** Notes up to which entry checkpoints of the ledger were sent out of the office. */
  noteCheckpointSent(seq: number): Promise<void>;
  /** Takes an archive in one transaction. Throws, changing nothing, when the store is not empty (unless `replace`), or the archive is cut, altered or of a newer layout. */
  importPermanent(archive: AsyncIterable<Uint8Array>, options?: { readonly replace?: boolean }): Promise<{ readonly records: number }>;
  close(): Promise<void>;
};

/** How good an SBOM is or was, without what is said of it at length. */
export type SbomQualityHead = Omit<SbomQualityTable, 'body'>;

/** Questions to the store; inside `write` and `snapshot` they see that transaction. */
export type StoreReads = {
  /** The bytes, or null when they are not kept. */
  readRaw(hash: string): Promise<Uint8Array | null>;
  /** How many bytes a hash stands for; 0 when they are not kept. */
  rawBytes(hash: string): Promise<number>;
  /** Those of the hashes whose bytes are kept. */
  hasRaw(hashes: readonly string[]): Promise<ReadonlySet<string>>;

  receiptBySeq(seq: number): Promise<StoredReceipt | null>;
  /** By the id given to clients, with what became of it. */
  receiptByPublicId(publicId: string): Promise<ReceiptOutcome | null>;
  /** In the order in which they hold: by `validAt`, then arrival. */
  receiptsOf(origin: string): Promise<readonly StoredReceipt[]>;
  /** The latest receipt of every origin, by origin. */
  lastReceipts(): Promise<readonly StoredReceipt[]>;
  /** Least `validAt` of a receipt that showed components; null when there is none. */
  firstObservation(): Promise<number | null>;
  /** Least `validAt` of a receipt by origin, failed ones apart. */
  firstObservations(): Promise<ReadonlyMap<string, number>>;
  /** The latest to arrive, whatever its outcome; null when there is none. */
  lastReceiptOf(origin: string): Promise<StoredReceipt | null>;
  /** The latest complete one to arrive before another; null when there is none. */
  completeReceiptBefore(origin: string, seq: number): Promise<StoredReceipt | null>;
  /** Receipts that are neither read nor failed, oldest first; `of` narrows them to one origin, or to some kinds of source. */
  pendingReceipts(limit: number, of?: PendingOf): Promise<readonly StoredReceipt[]>;
  /** Origins that have such receipts, the one with the oldest first. */
  pendingOrigins(limit: number): Promise<readonly Pick<StoredReceipt, 'origin' | 'source'>[]>;
  /** Such receipts that came before another. */
  pendingBefore(seq: number): Promise<readonly StoredReceipt[]>;
  /** Every origin that has a receipt, sorted. */
  origins(): Promise<readonly string[]>;
  treeOf(receipt: Pick<StoredReceipt, 'treeHash'>): Promise<readonly TreeEntry[]>;

  readingByKey(key: string): Promise<ReadingTable | null>;
  readingsByKeys(keys: readonly string[]): Promise<readonly ReadingTable[]>;
  /** Every reading of this file at this path, of all formats and versions, oldest first. */
  readingsOfMain(path: string, main: string): Promise<readonly ReadingTable[]>;
  /** The same for many files at once; `path` and `main` in the rows tell them apart. */
  readingsOfMains(files: readonly { readonly path: string; readonly main: string }[]): Promise<readonly ReadingTable[]>;
  resultOf(reading: Pick<ReadingTable, 'key' | 'result'>): Promise<ReadingResult>;

  /** Pages by ascending id. */
  loadPackages(filter?: { readonly ids?: readonly number[] }): AsyncIterable<readonly PackageTable[]>;
  loadVersions(filter?: { readonly ids?: readonly number[]; readonly packageIds?: readonly number[] }): AsyncIterable<readonly PackageVersionTable[]>;
  loadComponents(filter?: { readonly ids?: readonly number[] }): AsyncIterable<readonly ComponentTable[]>;
  /** Every ref a component ever had, first ones included. */
  loadComponentRefs(filter?: { readonly componentIds?: readonly number[] }): AsyncIterable<readonly Database['component_ref'][]>;
  /** Inventories without closed segments and edges, which stay on disk until a component is asked for. */
  loadEvidence(filter?: { readonly ids?: readonly number[]; readonly componentIds?: readonly number[] }): AsyncIterable<readonly OpenEvidence[]>;
  /** Inventories with their past, without edges. */
  loadWholeEvidence(filter?: { readonly componentIds?: readonly number[] }): AsyncIterable<readonly Omit<EvidenceTable, 'edges'>[]>;
  /** The closed segments of inventories that have some. */
  loadClosedEvidence(): AsyncIterable<readonly Pick<EvidenceTable, 'id' | 'component_id' | 'closed'>[]>;
  loadAdvisories(filter?: {
    readonly ids?: readonly number[];
    readonly records?: readonly string[];
    readonly groupKeys?: readonly string[];
  }): AsyncIterable<readonly AdvisoryTable[]>;
  /** Records that bear, or once bore, any of these ids, their own included. */
  advisoriesBearing(names: readonly string[]): Promise<readonly number[]>;
  /** Which records name, or ever named, any of these packages. */
  advisoriesNaming(keys: readonly PackageKey[]): Promise<readonly Database['advisory_package'][]>;
  /** Ecosystems in which a record names, or ever named, a package. */
  advisoryEcosystems(): Promise<readonly string[]>;
  /** When the first record that names a package of each ecosystem was received; ecosystems without any are left out. */
  firstAdvisories(ecosystems: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Package versions in the estate of these packages. */
  versionsOfPackages(
    keys: readonly PackageKey[],
  ): Promise<readonly { readonly id: number; readonly ecosystem: string; readonly name_key: string; readonly version: string }[]>;
  /** Records and hashes only: what an incremental sync compares. */
  advisoryHashes(): AsyncIterable<readonly Pick<AdvisoryTable, 'id' | 'record' | 'raw' | 'modified'>[]>;
  loadMatches(filter?: {
    /** Only those that stand. */
    readonly open?: boolean;
    readonly packageVersionIds?: readonly number[];
    readonly advisoryIds?: readonly number[];
  }): AsyncIterable<readonly MatchTable[]>;
  /** What affects these package versions, or did, with what a finding needs of it. */
  versionHits(versionIds: readonly number[]): AsyncIterable<readonly VersionHit[]>;
  /** What files say of licences, all of one package version on one page. */
  loadLicenceClaims(filter?: { readonly versionIds?: readonly number[] }): AsyncIterable<readonly LicenceClaimRow[]>;
  /** Files with licences in the trees of components, by component and path. */
  licenceFilesOf(componentIds: readonly number[]): Promise<readonly LicenceFileTable[]>;
  /** Those that belong to package versions, all of one version on one page. */
  loadLicenceFiles(filter?: { readonly versionIds?: readonly number[] }): AsyncIterable<readonly LicenceFileOfVersion[]>;
  loadFindingPacks(filter?: { readonly componentIds?: readonly number[] }): AsyncIterable<readonly Database['finding_pack'][]>;
  /** What rules observed, by component; `components` are first refs, `open` leaves out what is over. */
  loadRuleEpisodes(filter?: { readonly components?: readonly string[]; readonly open?: boolean }): AsyncIterable<readonly RuleEpisodeTable[]>;
  loadEnrichment(filter?: { readonly cves?: readonly string[] }): AsyncIterable<readonly Database['enrichment'][]>;
  /** What the feed says of the end of support, by product. */
  endOfLifeRows(): Promise<readonly EndOfLifeRow[]>;
  /** What was found in each evidence that was searched for the file of an incident. */
  hashSearches(incident: string): Promise<readonly HashSearchTable[]>;
  /** How good SBOMs are and were, by component, path and time; of one component (first ref), of one receipt (public id), or the latest of each evidence, only where that is asked for. */
  sbomQualities(filter?: { readonly component?: string; readonly receipt?: string; readonly latest?: true }): Promise<readonly SbomQualityHead[]>;
  /** What one of these says at length; null when it is not there. */
  sbomQualityBody(row: Pick<SbomQualityTable, 'component' | 'path' | 'valid_at' | 'raw'>): Promise<string | null>;
  /** Attestations by when they came; about these digests (`sha256:…`) only where any are given. */
  attestations(digests?: readonly string[]): Promise<readonly AttestationTable[]>;
  /** What registries say, of all packages or of these. */
  loadRegistryPackages(keys?: readonly PackageKey[]): AsyncIterable<readonly RegistryPackageTable[]>;
  /** When registries were asked, about all packages or these. */
  loadRegistryLooks(keys?: readonly PackageKey[]): AsyncIterable<readonly RegistryLookTable[]>;
  /** Where lockfiles ever took packages from, of all or of these. */
  loadPackageHosts(keys?: readonly PackageKey[]): AsyncIterable<readonly Database['package_host'][]>;
  sources(): Promise<readonly SourceTable[]>;
  sourceOf(origin: string): Promise<SourceTable | null>;

  /** By any ref it ever had; null when there is none. */
  componentByRef(ref: string): Promise<ComponentTable | null>;
  componentsOf(origin: string): Promise<readonly ComponentTable[]>;
  /** All evidence of one component, whole. */
  evidenceOf(componentId: number): Promise<readonly EvidenceTable[]>;
  packagesByKey(keys: readonly PackageKey[]): Promise<readonly PackageTable[]>;

  /** Number and hash of the ledger's last entry; null while it is empty. */
  ledgerHead(): Promise<{ readonly seq: number; readonly hash: string } | null>;
  /** Ledger entries with their words, in order; `after` leaves out those up to a number, `subject` takes those about one thing. */
  loadLedger(filter?: { readonly after?: number; readonly subject?: string }): AsyncIterable<readonly KeptEntry[]>;
  /** Acts of some kinds, about these subjects only where any are given, with when this store carried each out; oldest first. `undone`: those it did not. */
  keptActs(filter: {
    readonly kinds: readonly string[];
    readonly subjects?: readonly string[];
    readonly undone?: boolean;
  }): Promise<readonly (KeptEntry & { readonly carriedOutAt: number | null })[]>;
  /** Who was given the bytes of files, newest first. */
  rawAccesses(limit: number): Promise<readonly RawAccessTable[]>;
  /** Those of the hashes that a receipt has as its tree, a reading as its file or result, or an advisory as its record. */
  rawsNamed(hashes: readonly string[]): Promise<ReadonlySet<string>>;

  /** One page of entries that pass a filter, behind the one numbered `after`; newest first unless `oldestFirst`. */
  ledgerPage(
    filter: LedgerFilter,
    page: { readonly after: number | null; readonly limit: number; readonly oldestFirst: boolean },
  ): Promise<readonly KeptEntry[]>;
  /** What entries are about, without what they say; those that exist, in order. */
  ledgerHeads(seqs: readonly number[]): Promise<readonly EntryHead[]>;
  /** Entries that still have words, by or about somebody, or of a kind from before a moment; oldest first. */
  entriesWithWords(
    wanted: { readonly person: string } | { readonly kind: string; readonly before: number },
    limit: number,
  ): Promise<readonly EntryHead[]>;
  /** How many entries pass a filter. */
  countLedger(filter: LedgerFilter): Promise<number>;
  /** Signed heads of the ledger, oldest first. */
  ledgerCheckpoints(): Promise<readonly LedgerCheckpointTable[]>;
  /** The newest of them; null when there is none. */
  newestLedgerCheckpoint(): Promise<LedgerCheckpointTable | null>;

  /** Changes after `seq` in commit order; null when the feed was trimmed past `seq` and the estate must be loaded anew. */
  changesAfter(seq: number, limit: number): Promise<readonly Change[] | null>;
  /** Sequence number of the latest change; 0 when there was none. */
  lastChange(): Promise<number>;
  epoch(): Promise<number>;
  /** When a backup of this store was last written, in Unix milliseconds; null when never. */
  lastBackup(): Promise<number | null>;
  /** Entry of the newest checkpoint that was sent; null when none was. */
  lastCheckpointSent(): Promise<number | null>;
};

/** Writes of one transaction. Keys of the `put…` functions are the natural ones; what is there is replaced. */
export type WriteTx = StoreReads & {
  keepRaw(hash: string, bytes: Uint8Array): Promise<void>;
  /** Throws, ending the transaction, when the lease is another's by now; until the commit nobody can take it. */
  holdLease(lease: Lease): Promise<void>;
  /** Keeps other transactions that lock the same name waiting until this one ends. */
  lockName(name: string): Promise<void>;
  recordReceipt(receipt: NewReceipt): Promise<RecordedReceipt>;
  finishReceipt(seq: number, state: 'read' | 'failed', problems: readonly Problem[], at: number): Promise<void>;
  /** Offers receipts for reading again, e.g. all of an origin after `emptyDerived`. Null means every receipt. */
  reopenReceipts(origin: string | null): Promise<void>;
  /** Keeps results by hash. A reading that is there already stays as it is. */
  saveReadings(readings: readonly NewReading[]): Promise<void>;

  /** Ids in the order of the rows; rows may repeat. The first name written for a package stays. */
  internVersions(rows: readonly VersionKey[]): Promise<readonly number[]>;
  /** Ids that `internVersions` gave in this transaction and that were not there before. */
  versionsAdded(): readonly number[];
  /** Adds what a file says of the licences of package versions that `internVersions` gave in this transaction. */
  noteLicences(rows: readonly NewLicenceClaim[]): Promise<void>;
  /** Puts these in the place of all files with licences that a component had. */
  putLicenceFiles(componentId: number, rows: readonly Omit<LicenceFileTable, 'component_id'>[]): Promise<void>;
  /** Package versions of whose licence something else is said by what this transaction wrote. */
  licencesNoted(): readonly number[];
  /** `judge` before versions are judged by records, `change` before records change: so that none is missed when both happen at once. */
  lockAdvisories(mode: 'judge' | 'change'): Promise<void>;
  /** Inserts or replaces the component with this first ref; gives its id. */
  putComponent(row: Omit<ComponentTable, 'id'>): Promise<number>;
  /** Adds refs; one that belongs to another component stays with it. Gives those refused. */
  putComponentRefs(componentId: number, refs: readonly string[]): Promise<readonly string[]>;
  /** Inserts or replaces the evidence of this component, kind and path; gives its id. */
  putEvidence(row: Omit<EvidenceTable, 'id'>): Promise<number>;
  /** Inserts or replaces by record; gives ids in the order of the rows. `known_at` of a record that is there stays. */
  putAdvisories(rows: readonly Omit<AdvisoryTable, 'id'>[]): Promise<readonly number[]>;
  putAdvisoryNames(rows: readonly Database['advisory_name'][]): Promise<void>;
  putAdvisoryPackages(rows: readonly Database['advisory_package'][]): Promise<void>;
  setAdvisoryGroups(groups: readonly { readonly id: number; readonly group_key: string }[]): Promise<void>;
  /** Inserts or replaces by package version, record and `known_from`. */
  putMatches(rows: readonly MatchTable[]): Promise<void>;
  putFindingPacks(rows: readonly Database['finding_pack'][]): Promise<void>;
  /** Inserts or replaces by component, rule, package, subject and number. */
  putRuleEpisodes(rows: readonly RuleEpisodeTable[]): Promise<void>;
  /** Deletes those of components, by first ref. */
  deleteRuleEpisodes(components: readonly string[]): Promise<void>;
  putEnrichment(rows: readonly Database['enrichment'][]): Promise<void>;
  /** Puts these in the place of all there were. */
  replaceEndOfLife(rows: readonly EndOfLifeRow[]): Promise<void>;
  putHashSearches(rows: readonly HashSearchTable[]): Promise<void>;
  /** Forgets what was found in evidences that are gone. */
  deleteHashSearches(rows: readonly Pick<HashSearchTable, 'incident' | 'component' | 'kind' | 'path'>[]): Promise<void>;
  /** Inserts or replaces by evidence, time and bytes. */
  putSbomQualities(rows: readonly SbomQualityTable[]): Promise<void>;
  /** Forgets what was said of components, by first ref. */
  deleteSbomQualities(components: readonly string[]): Promise<void>;
  /** Inserts or replaces attestations, with the digests that each is about. */
  putAttestations(rows: readonly { readonly row: AttestationTable; readonly digests: readonly string[] }[]): Promise<void>;
  /** Inserts or replaces by package. */
  putRegistryPackages(rows: readonly RegistryPackageTable[]): Promise<void>;
  putRegistryLooks(rows: readonly RegistryLookTable[]): Promise<void>;
  addPackageHosts(rows: readonly Database['package_host'][]): Promise<void>;
  putSource(row: SourceTable): Promise<void>;
  deleteMatches(filter: { readonly advisoryIds: readonly number[] }): Promise<void>;
  deleteEvidence(ids: readonly number[]): Promise<void>;
  /** Deletes components with their refs, evidence and findings. */
  deleteComponents(ids: readonly number[]): Promise<void>;
  /** Deletes evidence and findings of components, which stay. */
  emptyComponents(ids: readonly number[]): Promise<void>;

  noteRawAccess(row: RawAccessTable): Promise<void>;
  /** Notes that this store has carried out an act of the ledger, by its number. */
  noteCarriedOut(seq: number, at: number): Promise<void>;
  /** What follows deletes permanent data: only decisions ask for it. */
  deleteReceipts(receipts: readonly Pick<StoredReceipt, 'seq' | 'publicId'>[]): Promise<void>;
  /** Gives those there were. */
  deleteReadings(keys: readonly string[]): Promise<readonly ReadingTable[]>;
  /** Gives those there were. */
  deleteRaws(hashes: readonly string[]): Promise<readonly { readonly hash: string; readonly bytes: number }[]>;
  deleteSource(origin: string): Promise<void>;
  /** Deletes package versions that no inventory holds, with their matches and the packages that then have none. Followers must reload. */
  deleteVersions(ids: readonly number[]): Promise<void>;

  /** Keeps other processes from appending to the ledger until this transaction ends. */
  lockLedger(): Promise<void>;
  /** Appends entries chained to the head that was seen under the lock. Throws when another entry has one of their numbers. */
  appendLedger(entries: readonly LedgerEntry[], words: readonly LedgerWords[]): Promise<void>;
  /** Deletes the words of entries, which stay and go on to verify; gives how many had any. */
  eraseWords(seqs: readonly number[]): Promise<number>;

  /** How many of these deliveries were given up. */
  countGivenUp(ids: readonly string[]): Promise<number>;
  /** Lets those that were given up be tried again. */
  retryDeliveries(ids: readonly string[], now: number): Promise<void>;

  putLedgerCheckpoint(row: LedgerCheckpointTable): Promise<void>;

  /**
   * Tells the followers. Gives the sequence number. On PostgreSQL the feed is locked from here to the commit,
   * so that order of number is order of commit: call it last.
   */
  appendChange(kind: string, body: unknown, at: number): Promise<number>;
  /** Keeps the latest `keep` changes. */
  trimChanges(keep: number): Promise<void>;
};

/** Which entries of the ledger are meant: those that pass every part given. Times are Unix milliseconds, `until` is not in it; `holding` are words in kind, actor or subject. */
export type LedgerFilter = {
  readonly kind?: string | undefined;
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  readonly holding?: readonly string[] | undefined;
  /** Kinds that are left out. */
  readonly withoutKinds?: readonly string[] | undefined;
};

/** Which receipts are meant. */
export type PendingOf = { readonly origin: string } | { readonly sources: readonly string[] };

export type Change = { readonly seq: number; readonly at: number; readonly kind: string; readonly body: unknown };

/** A stretch of time in which a record affects a package version, as far as a finding needs it. `groupId` is the record whose id is the group's key. */
export type VersionHit = {
  readonly version: number;
  readonly packageId: number;
  readonly groupId: number;
  /** As the record says it; null when it does not. */
  readonly published: string | null;
  readonly knownFrom: number;
  readonly knownUntil: number | null;
  readonly endedBy: MatchTable['ended_by'];
};

export type PackageKey = { readonly ecosystem: string; readonly nameKey: string };

/** `nameKey` is normalised as the ecosystem does; `version` is empty for an unresolved `range`, `range` empty otherwise. */
export type VersionKey = PackageKey & { readonly name: string; readonly version: string; readonly range: string };

/** What one kind of file says of the licence of one package version. */
export type NewLicenceClaim = { readonly version: number; readonly source: LicenceSource; readonly said: readonly string[] };
/** The same as stored; `said` is JSON of a list of texts. */
export type LicenceClaimRow = { readonly package_version_id: number; readonly source: LicenceSource; readonly said: string };

/** A file with the licence of a package version. */
export type LicenceFileOfVersion = LicenceFileTable & { readonly package_version_id: number };

export type OpenEvidence = Omit<EvidenceTable, 'closed' | 'edges'>;

/** An observation to record; see `Receipt`. */
export type NewReceipt = Omit<Receipt, 'seq' | 'confirmedAt'> & {
  /** Random, 26 characters of base32: how clients name it. */
  readonly publicId: string;
  /** Bytes to keep with it. */
  readonly raws: readonly { readonly hash: string; readonly bytes: Uint8Array }[];
  /** Hashes of committed uploads that it names; absent means none. Throws when one was swept meanwhile. */
  readonly uploads?: readonly string[];
};

/** `isNew` is false when the observation equals the origin's last one, which then is only confirmed. */
export type RecordedReceipt = { readonly seq: number; readonly publicId: string; readonly isNew: boolean };

export type StoredReceipt = Omit<Receipt, 'tree' | 'place'> & {
  readonly publicId: string;
  readonly place: Place | null;
  /** Hash in raw of the tree; `treeOf` gives it. */
  readonly treeHash: string;
};

/** A receipt and what became of it; `problems` of reading it, beside those of receiving it. */
export type ReceiptOutcome = {
  readonly receipt: StoredReceipt;
  readonly state: 'pending' | 'read' | 'failed';
  readonly problems: readonly Problem[];
  readonly finishedAt: number | null;
};

/** `result` is the canonical JSON of a `ReadingResult`; `inputs` canonical JSON of path → hash or null. */
export type NewReading = Omit<ReadingTable, 'result'> & { readonly resultBytes: Uint8Array };

/** Bytes on their way in. After `commit`, `record` or `abort` it is over. */
export type RawUpload = {
  append(chunk: Uint8Array): Promise<void>;
  /** Resolved means durable, and kept for good once a receipt names it in `uploads`. */
  commit(): Promise<{ readonly hash: string; readonly bytes: number }>;
  /** Commits it together with the receipt that names it, in one flush to the disk. */
  record(receiptOf: (hash: string) => NewReceipt): Promise<RecordedReceipt>;
  abort(): Promise<void>;
};

/** Who may come in. Everything secret is stored as its SHA-256 (hex), passwords by scrypt. */
export type AuthStore = {
  putLoginLink(link: LoginLinkTable): Promise<void>;
  /** Marks the link used and says whose it is; null when it is unknown, used or expired. Only one caller gets it. */
  useLoginLink(tokenHash: string, now: number): Promise<{ readonly person: string | null } | null>;
  putSession(session: SessionTable): Promise<void>;
  /** The session that has not expired, or null. */
  sessionOf(idHash: string, now: number): Promise<SessionTable | null>;
  deleteSession(idHash: string): Promise<void>;
  /** Deletes the sessions of a person, but this one. */
  deleteSessionsOf(person: string, but: string | null): Promise<void>;
  /** Adds a token; of one that is known only the scopes change. */
  putApiToken(token: ApiTokenTable): Promise<void>;
  /** The token that has neither expired nor been revoked, or null. */
  apiTokenOf(tokenHash: string, now: number): Promise<ApiTokenTable | null>;
  apiTokens(): Promise<readonly ApiTokenTable[]>;
  /** False when there is no such token that stands. */
  revokeApiToken(tokenHash: string, now: number): Promise<boolean>;
  putTokenSecret(secret: TokenSecretTable): Promise<void>;
  /** Which token of the ledger has a secret with this hash; null when none has. */
  tokenOfSecret(hash: string): Promise<string | null>;
  noteTokenUse(hash: string, at: number): Promise<void>;
  tokenSecrets(): Promise<readonly TokenSecretTable[]>;
  credentialOf(person: string): Promise<CredentialTable | null>;
  /** Inserts or replaces. */
  putCredential(credential: CredentialTable): Promise<void>;
  /** Counts a wrong password; the `most`-th in a row locks until then. Does the same work when there is no such credential. */
  noteWrongPassword(person: string, most: number, until: number): Promise<void>;
  /** Forgets wrong passwords after a right one. */
  forgetWrongPasswords(person: string): Promise<void>;
  noteSignedIn(row: SignedInTable): Promise<void>;
  signedIn(): Promise<readonly SignedInTable[]>;
  putOidcFlow(flow: OidcFlowTable): Promise<void>;
  /** Takes a flow, so that it is used once; null when there is none in time. */
  takeOidcFlow(stateHash: string, now: number): Promise<OidcFlowTable | null>;
  /** Deletes sessions, links and flows that ended before `now`. */
  deleteExpired(now: number): Promise<void>;
};

/** The lists that people have named, of everybody: who may see which is not decided here. */
export type SavedViewStore = {
  /** In order of their names. */
  all(): Promise<readonly SavedViewTable[]>;
  byId(id: string): Promise<SavedViewTable | null>;
  /** False, adding nothing, when there are `most` already. */
  add(row: SavedViewTable, most: number): Promise<boolean>;
  /** Replaces the one with this id and version by its next version; false when there is none. */
  replace(row: Omit<SavedViewTable, 'author' | 'created'>): Promise<boolean>;
  /** False when there is none with this id and version. */
  delete(id: string, version: number): Promise<boolean>;
};

/** A name that one process works on. */
export type Lease = { readonly name: string; readonly token: string };

/** Who works on what, across processes. A lease ends by itself when its holder stops renewing it. */
export type LeaseStore = {
  /** Null when another holds it. `isGone` says of a holder that it is known to have ended, so that its time need not be waited for. */
  take(name: string, holder: string, ms: number, isGone: (holder: string) => boolean): Promise<Lease | null>;
  /** False when it is another's by now. */
  renew(lease: Lease, ms: number): Promise<boolean>;
  release(lease: Lease): Promise<void>;
  /** Names that somebody holds now. */
  held(isGone: (holder: string) => boolean): Promise<ReadonlySet<string>>;
};

/** When scheduled jobs ran and are due. */
export type JobRunStore = {
  /** Those of the names that are due; one that never ran is. */
  due(names: readonly string[]): Promise<readonly string[]>;
  /** Keeps that a job ran: `problem` null when it went well. */
  note(name: string, run: { readonly startedAgoMs: number; readonly nextMs: number; readonly problem: string | null }): Promise<void>;
  all(): Promise<readonly JobRunTable[]>;
  /** Makes those that ran before due after `ms` at the latest; 0 is at once. */
  notLater(names: readonly string[], ms: number): Promise<void>;
  /** Keeps how far a job is, as JSON; the last one told is kept. */
  tellProgress(name: string, body: string): Promise<void>;
  /** What was told last, by name. */
  progress(): Promise<ReadonlyMap<string, string>>;
  /** Forgets all others, whose jobs are no longer there. */
  forget(known: readonly string[]): Promise<void>;
};

/** Something to send. `due` is when it may go, Unix milliseconds. */
export type NewDelivery = Pick<DeliveryTable, 'id' | 'key' | 'recipient' | 'kind' | 'title' | 'body' | 'due'>;

/** What is on its way out. */
export type DeliveryStore = {
  /** Keys of what was said on a channel. */
  said(channel: string): Promise<ReadonlySet<string>>;
  /** Notes what is said and forgets what no longer is so, and puts what says it in the outbox, all in one transaction. */
  put(
    channel: string,
    change: { readonly say: readonly string[]; readonly forget: readonly string[]; readonly post: readonly NewDelivery[]; readonly now: number },
  ): Promise<void>;
  /** Some that are due and that nobody is sending; for `ms` nobody else gets them. */
  take(now: number, ms: number, limit: number): Promise<readonly DeliveryTable[]>;
  /** Marks what was taken; one that was changed or taken over meanwhile stays as it is. */
  sent(taken: Pick<DeliveryTable, 'id' | 'token'>, now: number): Promise<void>;
  /** `due` is when it is tried again; null gives it up. */
  failed(taken: Pick<DeliveryTable, 'id' | 'token'>, problem: string, due: number | null): Promise<void>;
  /** Keeps what the other side calls it; where `was` is given only while that is still what was kept. */
  noteRemote(id: string, remote: string, was?: string): Promise<void>;
  /** Newest first, the last 10,000; of every state when null. */
  list(state: DeliveryTable['state'] | null): Promise<readonly DeliveryTable[]>;
  ofKind(channel: string, kind: string): Promise<readonly DeliveryTable[]>;
  /** Deletes what was sent before a moment; what another side keeps stays. */
  sweep(before: number): Promise<void>;
};

/** Requests that must not be done twice. */
export type OnceKeyStore = {
  /** The id to use for what the request makes, `made` or that of an earlier try that never ended; null when it was done, or is being done. */
  claim(key: string, made: string, ms: number): Promise<string | null>;
  /** What it gave; null when it is being done or unknown. */
  resultOf(key: string): Promise<string | null>;
  keep(key: string, result: string): Promise<void>;
  /** Lets a try that failed be made again. */
  release(key: string): Promise<void>;
  sweep(olderThanMs: number): Promise<void>;
};
