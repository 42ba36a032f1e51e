import path from 'node:path';
import { redactText } from '#language/redact.ts';
import { isUrl, type Configuration } from './configuration.ts';

/** A configured source or feed that the office reads by itself. */
export type PlannedReading = {
  /** Name of the scheduled job that reads it. */
  readonly job: string;
  readonly kind: Configuration['sources'][number]['kind'] | Configuration['feeds'][number]['kind'];
  /** As people are shown it: an address without credentials, or the names of a folder and the one around it, never a whole path. */
  readonly name: string;
};

/** What is read by itself, sources before feeds, whose advisories are asked for by the packages in use. */
export function readingPlan({ sources, feeds }: Pick<Configuration, 'sources' | 'feeds'>): readonly PlannedReading[] {
  return [...sources.map(plannedSource), ...feeds.map(plannedFeed)];
}

/** A source as it is planned. */
export function plannedSource({ kind, at, revision, platform }: Configuration['sources'][number]): PlannedReading {
  const part = [revision, platform].map((each) => (each === undefined ? '' : ` ${each}`)).join('');
  return { job: `scan ${kind} ${redactText(at)}${part}`, kind, name: shownPlace(at) + part };
}

/** A feed as it is planned. */
export function plannedFeed({ kind, from }: Configuration['feeds'][number]): PlannedReading {
  return { job: `sync ${kind} ${redactText(from)}`, kind, name: shownPlace(from) };
}

/** A place as people are shown it. */
export function shownPlace(at: string): string {
  return isUrl(at) ? redactText(at) : path.resolve(at).split(path.sep).slice(-2).join('/');
}
