/** Whether the office reads its sources and feeds by itself. Uploads are read in any case. */
export type Reading = {
  /** Who stopped it and when; null while nobody has. */
  paused: { readonly by: string; readonly at: number } | null;
};

/** What acts of stopping and resuming are about. */
export const readingSubject = 'reading';
