/** The most that is read of an archive. Headers are never believed: what is unpacked is counted as it comes. */
export const archiveLimits = {
  /** Entries of any kind. */
  entries: 2_000_000,
  /** Bytes of one entry, unpacked. */
  entryBytes: 16 * 1024 ** 3,
  /** Bytes of all entries, unpacked. */
  totalBytes: 64 * 1024 ** 3,
  /** How many times its size an archive may grow when it is unpacked, once that is more than `ratioAfterBytes`. */
  ratio: 200,
  ratioAfterBytes: 64 * 1024 ** 2,
  /** Bytes of a name, and of what a header of its own says of an entry. */
  nameBytes: 4096,
  headerBytes: 1024 * 1024,
};

export type ArchiveLimits = typeof archiveLimits;
