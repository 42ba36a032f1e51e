import { changesAfter, appendChange, lastChange, trimChanges } from './queries/changes.ts';
import * as carriedOut from './queries/carried-out.ts';
import { countGivenUp, retryDeliveries } from './queries/deliveries.ts';
import * as advisories from './queries/advisories.ts';
import { loadClosedEvidence } from './queries/closed-evidence.ts';
import { loadFindingPacks, putFindingPacks } from './queries/findings.ts';
import { internVersions, type InternMemory } from './queries/intern-versions.ts';
import * as inventory from './queries/inventory.ts';
import { loadLicenceClaims, noteLicences } from './queries/licence-claims.ts';
import { licenceFilesOf, loadLicenceFiles, putLicenceFiles } from './queries/licence-files.ts';
import { deleteHashSearches, hashSearches, putHashSearches } from './queries/hash-searches.ts';
import { holdLease } from './queries/leases.ts';
import * as ledger from './queries/ledger.ts';
import { blankRawAccesses, noteRawAccess, rawAccesses } from './queries/raw-access.ts';
import { readMeta } from './queries/meta.ts';
import { hasRaw, keepRaws, packRaw, rawBytes, readRaw } from './queries/raw.ts';
import * as readings from './queries/readings.ts';
import * as receipts from './queries/receipts.ts';
import * as removal from './queries/remove-permanent.ts';
import { loadWholeEvidence } from './queries/whole-evidence.ts';
import { putSource, sourceOf, sources } from './queries/sources.ts';
import { endOfLifeRows, replaceEndOfLife } from './queries/end-of-life.ts';
import * as registry from './queries/registry.ts';
import { deleteRuleEpisodes, loadRuleEpisodes, putRuleEpisodes } from './queries/rule-episodes.ts';
import * as sboms from './queries/sboms.ts';
import type { StoreReads, WriteTx } from './store.ts';
import type { Access } from './tables.ts';

/** The questions, asked through this connection or transaction. */
export function storeReads(access: Access): StoreReads {
  return {
    readRaw: (hash) => readRaw(access, hash),
    rawBytes: (hash) => rawBytes(access, hash),
    hasRaw: (hashes) => hasRaw(access, hashes),

    receiptBySeq: (seq) => receipts.receiptBySeq(access, seq),
    receiptByPublicId: (publicId) => receipts.receiptByPublicId(access, publicId),
    receiptsOf: (origin) => receipts.receiptsOf(access, origin),
    lastReceipts: () => receipts.lastReceipts(access),
    firstObservation: () => receipts.firstObservation(access),
    firstObservations: () => receipts.firstObservations(access),
    lastReceiptOf: (origin) => receipts.lastReceiptOf(access, origin),
    completeReceiptBefore: (origin, seq) => receipts.completeReceiptBefore(access, origin, seq),
    pendingReceipts: (limit, of) => receipts.pendingReceipts(access, limit, of),
    pendingOrigins: (limit) => receipts.pendingOrigins(access, limit),
    pendingBefore: (seq) => receipts.pendingBefore(access, seq),
    origins: () => receipts.origins(access),
    treeOf: (receipt) => receipts.treeOf(access, receipt),

    readingByKey: (key) => readings.readingByKey(access, key),
    readingsByKeys: (keys) => readings.readingsByKeys(access, keys),
    readingsOfMain: (path, main) => readings.readingsOfMains(access, [{ path, main }]),
    readingsOfMains: (files) => readings.readingsOfMains(access, files),
    resultOf: (reading) => readings.resultOf(access, reading),

    loadPackages: (filter) => inventory.loadPackages(access, filter),
    loadVersions: (filter) => inventory.loadVersions(access, filter),
    packagesByKey: (keys) => inventory.packagesByKey(access, keys),
    loadComponents: (filter) => inventory.loadComponents(access, filter),
    loadComponentRefs: (filter) => inventory.loadComponentRefs(access, filter),
    componentByRef: (ref) => inventory.componentByRef(access, ref),
    componentsOf: (origin) => inventory.componentsOf(access, origin),
    loadEvidence: (filter) => inventory.loadEvidence(access, filter),
    loadWholeEvidence: (filter) => loadWholeEvidence(access, filter),
    loadClosedEvidence: () => loadClosedEvidence(access),
    evidenceOf: (componentId) => inventory.evidenceOf(access, componentId),

    loadAdvisories: (filter) => advisories.loadAdvisories(access, filter),
    advisoriesBearing: (names) => advisories.advisoriesBearing(access, names),
    advisoriesNaming: (keys) => advisories.advisoriesNaming(access, keys),
    advisoryEcosystems: () => advisories.advisoryEcosystems(access),
    firstAdvisories: (ecosystems) => advisories.firstAdvisories(access, ecosystems),
    versionsOfPackages: (keys) => advisories.versionsOfPackages(access, keys),
    advisoryHashes: () => advisories.advisoryHashes(access),
    loadMatches: (filter) => advisories.loadMatches(access, filter),
    versionHits: (versionIds) => advisories.versionHits(access, versionIds),
    loadEnrichment: (filter) => advisories.loadEnrichment(access, filter),
    loadLicenceClaims: (filter) => loadLicenceClaims(access, filter),
    licenceFilesOf: (componentIds) => licenceFilesOf(access, componentIds),
    loadLicenceFiles: (filter) => loadLicenceFiles(access, filter),
    loadFindingPacks: (filter) => loadFindingPacks(access, filter),
    loadRuleEpisodes: (filter) => loadRuleEpisodes(access, filter),
    endOfLifeRows: () => endOfLifeRows(access),
    hashSearches: (incident) => hashSearches(access, incident),
    sbomQualities: (filter) => sboms.sbomQualities(access, filter),
    sbomQualityBody: (row) => sboms.sbomQualityBody(access, row),
    attestations: (digests) => sboms.attestations(access, digests),
    loadRegistryPackages: (keys) => registry.loadRegistryPackages(access, keys),
    loadRegistryLooks: (keys) => registry.loadRegistryLooks(access, keys),
    loadPackageHosts: (keys) => registry.loadPackageHosts(access, keys),
    sources: () => sources(access),
    sourceOf: (origin) => sourceOf(access, origin),

    ledgerHead: () => ledger.ledgerHead(access),
    loadLedger: (filter) => ledger.loadLedger(access, filter),
    ledgerPage: (filter, page) => ledger.ledgerPage(access, filter, page),
    ledgerHeads: (seqs) => ledger.ledgerHeads(access, seqs),
    entriesWithWords: (wanted, limit) => ledger.entriesWithWords(access, wanted, limit),
    countLedger: (filter) => ledger.countLedger(access, filter),
    newestLedgerCheckpoint: () => ledger.newestLedgerCheckpoint(access),
    ledgerCheckpoints: () => ledger.ledgerCheckpoints(access),
    keptActs: (filter) => carriedOut.keptActs(access, filter),
    rawAccesses: (limit) => rawAccesses(access, limit),
    rawsNamed: (hashes) => removal.rawsNamed(access, hashes),

    changesAfter: (seq, limit) => changesAfter(access, seq, limit),
    lastChange: () => lastChange(access),
    epoch: async () => Number((await readMeta(access, 'epoch')) ?? 0),
    lastCheckpointSent: async () => {
      const seq = await readMeta(access, 'checkpoint-sent');
      return seq === null ? null : Number(seq);
    },
    lastBackup: async () => {
      const at = await readMeta(access, 'backup');
      return at === null ? null : Number(at);
    },
  };
}

/** What the writes of one transaction share. */
type Writing = {
  /** What was known before. */
  readonly memory: InternMemory;
  /** What the transaction adds. */
  readonly learnt: InternMemory;
  readonly now: () => number;
};

/** The writes of one transaction, with the questions seeing them. */
export function storeWrites(access: Access, { memory, learnt, now }: Writing): WriteTx {
  return {
    ...storeReads(access),
    holdLease: (lease) => holdLease(access, lease),
    lockName: async (name) => {
      await access.dialect.lockName(name)?.execute(access.db);
    },
    keepRaw: async (hash, bytes) => keepRaws(access, [await packRaw(hash, bytes)], now()),
    recordReceipt: async (receipt) => receipts.recordReceipt(access, await receipts.prepareReceipt(receipt)),
    finishReceipt: (seq, state, problems, at) => receipts.finishReceipt(access, seq, state, problems, at),
    reopenReceipts: (origin) => receipts.reopenReceipts(access, origin),
    saveReadings: (rows) => readings.saveReadings(access, rows),

    internVersions: (rows) => internVersions(access, rows, memory, learnt),
    putComponent: (row) => inventory.putComponent(access, row),
    putComponentRefs: (componentId, refs) => inventory.putComponentRefs(access, componentId, refs),
    putEvidence: (row) => inventory.putEvidence(access, row),
    deleteEvidence: (ids) => inventory.deleteEvidence(access, ids),
    deleteComponents: (ids) => inventory.deleteComponents(access, ids),

    emptyComponents: (ids) => inventory.emptyComponents(access, ids),

    noteRawAccess: (row) => noteRawAccess(access, row),
    noteCarriedOut: (seq, at) => carriedOut.noteCarriedOut(access, seq, at),
    deleteReceipts: async (gone) => {
      await blankRawAccesses(
        access,
        gone.map((each) => each.publicId),
      );
      await removal.deleteReceipts(
        access,
        gone.map((each) => each.seq),
      );
    },
    deleteReadings: (keys) => removal.deleteReadings(access, keys),
    deleteRaws: (hashes) => removal.deleteRaws(access, hashes),
    deleteSource: (origin) => removal.deleteSource(access, origin),
    deleteVersions: (ids) => removal.deleteVersions(access, ids),

    noteLicences: (rows) => noteLicences(access, rows, memory, learnt),
    putLicenceFiles: (componentId, rows) => putLicenceFiles(access, componentId, rows, learnt),
    licencesNoted: () => [...learnt.claimed],
    versionsAdded: () => [...learnt.added],
    lockAdvisories: (mode) => advisories.lockAdvisories(access, mode),
    putAdvisories: (rows) => advisories.putAdvisories(access, rows),
    putAdvisoryNames: (rows) => advisories.putAdvisoryNames(access, rows),
    putAdvisoryPackages: (rows) => advisories.putAdvisoryPackages(access, rows),
    setAdvisoryGroups: (groups) => advisories.setAdvisoryGroups(access, groups),
    putMatches: (rows) => advisories.putMatches(access, rows),
    deleteMatches: (filter) => advisories.deleteMatches(access, filter),
    putEnrichment: (rows) => advisories.putEnrichment(access, rows),
    putFindingPacks: (rows) => putFindingPacks(access, rows),
    putRuleEpisodes: (rows) => putRuleEpisodes(access, rows),
    deleteRuleEpisodes: (components) => deleteRuleEpisodes(access, components),
    replaceEndOfLife: (rows) => replaceEndOfLife(access, rows),
    putHashSearches: (rows) => putHashSearches(access, rows),
    deleteHashSearches: (rows) => deleteHashSearches(access, rows),
    putSbomQualities: (rows) => sboms.putSbomQualities(access, rows),
    deleteSbomQualities: (components) => sboms.deleteSbomQualities(access, components),
    putAttestations: (rows) => sboms.putAttestations(access, rows),
    putRegistryPackages: (rows) => registry.putRegistryPackages(access, rows),
    putRegistryLooks: (rows) => registry.putRegistryLooks(access, rows),
    addPackageHosts: (rows) => registry.addPackageHosts(access, rows),
    putSource: (row) => putSource(access, row),

    lockLedger: () => ledger.lockLedger(access),
    appendLedger: (entries, words) => ledger.appendLedger(access, entries, words),
    eraseWords: (seqs) => ledger.eraseWords(access, seqs),
    countGivenUp: (ids) => countGivenUp(access, ids),
    retryDeliveries: (ids, now) => retryDeliveries(access, ids, now),
    putLedgerCheckpoint: (row) => ledger.putLedgerCheckpoint(access, row),

    appendChange: (kind, body, at) => appendChange(access, kind, body, at),
    trimChanges: (keep) => trimChanges(access, keep),
  };
}
