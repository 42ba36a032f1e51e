import type { Gate } from '#model/licence.ts';

/** What a verdict does to a build, as words for people. */
export const gateWords: Readonly<Record<Gate, string>> = { watch: 'only watched', warn: 'warns', block: 'blocks' };
