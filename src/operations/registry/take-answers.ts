import { growingOf, recordOf, withAnswer } from '#analysis/registry/record.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { packageKey } from '#language/package-key.ts';
import { quoted, type Problem } from '#model/problem.ts';
import type { RegistryRecord } from '#model/registry.ts';
import type { CarriedAnswer } from '#sources/bundle/registry-lines.ts';
import { ownName, type RegistryLookTable } from '#store/schema.ts';
import type { Context } from '../context.ts';
import { saveSource, type FeedOrigin, type FeedSynced } from '../take-feed.ts';
import type { PackageAsked } from './ask-package.ts';
import { chosenRegistries, type ChosenProtocol } from './chosen-registries.ts';
import { registrySource } from './fold-registry.ts';
import { withheldOf } from './packages-to-ask.ts';
import { recordAnswers, type AnsweredPackage } from './record-answers.ts';
import { knownBefore } from './refresh-packages.ts';
import { noRegistries, type Registries } from './registries-configuration.ts';

const batchPackages = 40;

/**
 * Takes answers of one registry that were carried here, as if they had been asked for when they were confirmed. Of a package of which something as new is
 * known they are passed over; so are names that are private here or borne by a component of our own, which no sync would have asked about.
 */
export async function takeAnswers(
  context: Context,
  registries: Registries,
  feed: FeedOrigin & { readonly takenAt: number },
  answers: AsyncIterable<CarriedAnswer | null>,
): Promise<FeedSynced> {
  const tally: Tally = { taken: 0, read: 0, refused: [] };
  let batch: CarriedAnswer[] = [];
  const flush = async (): Promise<void> => {
    const [first] = batch;
    if (first !== undefined) await takeBatch(context, registries, { feed, ecosystem: first.ecosystem, at: first.confirmedAt }, batch, tally);
    batch = [];
  };
  for await (const answer of answers) {
    const problem = answer === null ? notAnAnswer : misfit(feed, answer);
    if (answer === null || problem !== null) {
      tally.refused.push(problem ?? notAnAnswer);
      continue;
    }
    const [first = answer] = batch;
    const isTogether = first.ecosystem === answer.ecosystem && first.confirmedAt === answer.confirmedAt;
    if (!isTogether || batch.length >= batchPackages || batch.some((each) => keyOf(each) === keyOf(answer))) await flush();
    batch.push(answer);
  }
  await flush();
  const { taken, read, refused } = tally;
  const isFailed = read === 0;
  const before = await context.store.sourceOf(feed.origin);
  const items = Math.max(before?.items ?? 0, read);
  await saveSource(context, feed, registrySource, { failed: isFailed, items, problems: withoutNames(refused), cursor: null });
  const outcome = isFailed ? 'failed' : taken === 0 ? 'unchanged' : 'synced';
  return { feed: registrySource, from: feed.from, outcome, taken, refused: refused.length, problems: refused };
}

/** What everybody may read of the source: how much was refused and why, never of which package. */
function withoutNames(refused: readonly Problem[]): readonly Problem[] {
  return [...Map.groupBy(refused, (each) => each.code)].map(([code, problems]) => {
    const count = `${String(problems.length)} answers of a bundle were not taken.`;
    return { code, message: `${count} ${code === notAnAnswer.code ? notAnAnswer.message : ourOwn}`, severity: 'warning' };
  });
}

type Tally = { taken: number; read: number; readonly refused: Problem[] };
type Batch = { readonly feed: FeedOrigin; readonly ecosystem: string; readonly at: number };

async function takeBatch(context: Context, registries: Registries, { feed, ecosystem, at }: Batch, batch: readonly CarriedAnswer[], tally: Tally) {
  const chosen = publicOf(ecosystem);
  if (chosen === null) return;
  const keys = batch.map((each) => ({ ecosystem, nameKey: keyOf(each) }));
  const known = await knownBefore(context, keys);
  const looks = new Map<string, RegistryLookTable>();
  for await (const page of context.store.loadRegistryLooks(keys)) for (const look of page) looks.set(look.name_key, look);
  const confirmed = new Map<string, number>();
  for await (const page of context.store.loadRegistryPackages(keys)) for (const row of page) confirmed.set(row.name_key, row.valid_at);
  const own = new Set<string>();
  for await (const page of context.store.loadPackageHosts(keys)) for (const { name_key, host } of page) if (host === ownName) own.add(name_key);
  const answered: AnsweredPackage[] = [];
  for (const answer of batch) {
    const { name } = answer;
    const nameKey = keyOf(answer);
    // Here it counts only what is our own: an office without a network takes everything from hosts of its own.
    const why = withheldOf({ ecosystem, name }, chosen, own.has(nameKey) ? [ownName] : [], { ...registries, unknownOrigin: 'ask' });
    if (why !== null) {
      tally.refused.push({ code: why, message: `${quoted(name)}: ${ourOwn}`, severity: 'warning' });
      continue;
    }
    tally.read += 1;
    const look = looks.get(nameKey) ?? null;
    if (at <= Math.max(look?.good_at ?? 0, confirmed.get(nameKey) ?? 0)) continue;
    const before = known.get(nameKey) ?? null;
    const asked = askedOf(chosen, answer, before?.record ?? null, before?.isAbsent ?? false);
    if (asked.kind === 'known' || (asked.kind === 'absent' && before?.isAbsent !== true)) tally.taken += 1;
    answered.push({ ecosystem, nameKey, name, asked, before: look, wasAbsent: before?.isAbsent ?? false, wantedAt: null });
  }
  if (answered.length > 0) await recordAnswers(context, feed.origin, answered, at);
}

/** What is known here and not named there stays as it is: that a registry does not list it any more is said only by an answer that was whole. */
function askedOf({ protocol }: ChosenProtocol, answer: CarriedAnswer, before: RegistryRecord | null, wasAbsent: boolean): PackageAsked {
  const asked = { requests: 0, bytes: 0, problems: [] };
  const { name, record: carried, etag, lastModified } = answer;
  if (carried === null) return { ...asked, kind: 'absent' };
  const { latest, warning, repository } = carried;
  const said = { versions: [...growingOf(carried).versions.values()], isWhole: false, latest, warning, repository, asks: [], problems: [] };
  const grown = recordOf(protocol, name, carried.registry, withAnswer(growingOf(before), said, protocol.ecosystem));
  const record = { ...grown, readBy: carried.readBy };
  if (!wasAbsent && canonicalJson(record) === canonicalJson(before)) return { ...asked, kind: 'unchanged', etag, lastModified };
  return { ...asked, kind: 'known', record, etag, lastModified };
}

function misfit(feed: FeedOrigin & { readonly takenAt: number }, { ecosystem, confirmedAt, record }: CarriedAnswer): Problem | null {
  const isOfIt = record === null || `${registrySource}:${record.registry}` === feed.origin;
  return isOfIt && confirmedAt <= feed.takenAt && publicOf(ecosystem) !== null ? null : notAnAnswer;
}

function publicOf(ecosystem: string): ChosenProtocol | null {
  return chosenRegistries({ ...noRegistries, ask: [{ ecosystem, hearsPrivateNames: false }] }).get(ecosystem) ?? null;
}

function keyOf({ ecosystem, name }: CarriedAnswer): string {
  return packageKey(ecosystem, name);
}

const ourOwn = 'The name is private here, borne by a component of our own, or none of that registry.';
const notAnAnswer: Problem = {
  code: 'not-an-answer',
  message: 'A line is no answer of that registry that this program understands.',
  severity: 'warning',
};
