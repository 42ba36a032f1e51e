import { performance } from 'node:perf_hooks';
import { openGateway, resultOf, type Gateway } from '#gateway/gateway.ts';
import type { ReadingResult } from '#model/reading.ts';
import type { Drill } from './drill.ts';
import { bombs } from './inputs/bombs.ts';
import { diceOf, mutated } from './inputs/mutate.ts';
import { samples, type Sample } from './inputs/sample.ts';

export type InputsOptions = {
  /** How many mutated documents. */
  readonly mutations?: number;
  readonly seed?: number;
  /** Whether the catalogue of bombs and the cuts at every byte take part. */
  readonly isWhole?: boolean;
  /** Module with other formats, to show that the drill can fail. */
  readonly parsers?: URL;
  readonly corpus?: readonly Sample[];
};

const deadlineMs = 5_000;
const memoryMb = 512;
const listed = 30;

/** Codes that a hostile document must never bring about: the reader died, hung, outgrew its memory or threw. */
const faults: ReadonlySet<string> = new Set(['deadline', 'memory', 'crashed', 'not-started', 'closed', 'reader-failed']);

type Input = {
  readonly kind: 'mutated' | 'cut' | 'bomb';
  readonly name: string;
  readonly format: string;
  readonly path: string;
  /** Whether the end of what was cut can be told: it was JSON or XML. */
  readonly hasEnd?: boolean;
  bytes(): Buffer;
};
type Failure = { readonly kind: Input['kind']; readonly format: string; readonly name: string; readonly why: string };

/**
 * Shows broken documents to the gateway: 5,000 made from the corpus by chance (the same for the same seed), the smallest of each format cut at every byte,
 * and a catalogue of bombs for every format. A failure is a reader that died, hung for five seconds, outgrew its memory or threw; a problem that does not say where;
 * a document of JSON or XML that was cut and is called whole; a good document that is read otherwise afterwards.
 */
export async function drillInputs(options: InputsOptions = {}): Promise<Drill> {
  const { mutations = 5_000, seed = 20_261_128, isWhole = true, parsers } = options;
  const corpus = options.corpus ?? samples();
  const gateway = openGateway({ workers: 2, deadlineMs, memoryMb, ...(parsers === undefined ? {} : { parsers }) });
  const failures: Failure[] = [];
  const counts = { mutated: 0, cut: 0, bomb: 0 };
  const worst = { ms: 0, of: '' };
  try {
    const good = corpus[0];
    const before = good === undefined ? '' : await readingOf(gateway, good);
    const inputs = inputsOf(corpus, mutations, diceOf(seed), isWhole);
    const take = async (): Promise<void> => {
      for (let next = inputs.next(); next.done !== true; next = inputs.next()) {
        const input = next.value;
        const [why, ms] = await judged(gateway, input);
        counts[input.kind] += 1;
        if (ms > worst.ms) Object.assign(worst, { ms: Math.round(ms), of: `${input.format}: ${input.name}` });
        if (why !== null) failures.push({ kind: input.kind, format: input.format, name: input.name, why });
      }
    };
    await Promise.all([take(), take()]);
    if (good !== undefined && (await readingOf(gateway, good)) !== before)
      failures.push({ kind: 'mutated', format: good.format, name: good.path, why: 'a good document was read otherwise afterwards' });
  } finally {
    gateway.close();
  }
  const formats = new Set(corpus.map(({ format }) => format)).size;
  return {
    name: 'inputs',
    tried: counts.mutated + counts.cut + counts.bomb,
    failed: failures.length,
    details: { ...counts, seed, documents: corpus.length, formats, slowest: worst, failures: failures.slice(0, listed) },
  };
}

function* inputsOf(corpus: readonly Sample[], mutations: number, dice: (limit: number) => number, isWhole: boolean): Generator<Input> {
  const byFormat = Map.groupBy(corpus, ({ format }) => format);
  const formats = [...byFormat.values()];
  for (let at = 0; at < mutations && formats.length > 0; at += 1) {
    // Each format is met equally often, however many documents it has.
    const ofFormat = formats[at % formats.length] ?? [];
    const sample = ofFormat[dice(ofFormat.length)];
    if (sample === undefined) continue;
    const bytes = mutated(sample.bytes, dice);
    yield { kind: 'mutated', name: `${sample.path}, the ${String(at)}th`, format: sample.format, path: sample.path, bytes: () => bytes };
  }
  if (!isWhole) return;
  for (const ofFormat of formats) {
    const [smallest] = ofFormat.filter(({ bytes }) => bytes.length > 20).sort((a, b) => a.bytes.length - b.bytes.length);
    for (let end = 0; smallest !== undefined && end < smallest.bytes.length; end += 1) {
      yield {
        kind: 'cut',
        name: `${smallest.path} cut at ${String(end)}`,
        hasEnd: hasEnd(smallest.bytes),
        format: smallest.format,
        path: smallest.path,
        bytes: () => smallest.bytes.subarray(0, end),
      };
    }
  }
  for (const bomb of bombs()) yield { kind: 'bomb', ...bomb };
}

async function judged(gateway: Gateway, input: Input): Promise<readonly [why: string | null, ms: number]> {
  const bytes = input.bytes();
  let [result, ms] = await timedReading(gateway, input, bytes);
  // A busy machine keeps a reader waiting as well: what hangs does so every time.
  for (let again = 0; again < 2 && isLate(result, ms); again += 1) [result, ms] = await timedReading(gateway, input, bytes);
  const fault = result.problems.find(({ code }) => faults.has(code));
  if (fault !== undefined) return [`${fault.code}: ${fault.message}`, ms];
  if (ms > deadlineMs) return [`took ${String(Math.round(ms))} ms`, ms];
  const nowhere = result.problems.find(({ path, code, message }) => path === undefined || path === '' || code === '' || message === '');
  if (nowhere !== undefined) return [`the problem ${nowhere.code} does not say where`, ms];
  return [input.hasEnd === true && isCutShort(bytes) && result.problems.length === 0 ? 'a document that was cut is called whole' : null, ms];
}

async function timedReading(gateway: Gateway, { path, format }: Input, bytes: Buffer): Promise<[ReadingResult, number]> {
  const begun = performance.now();
  const reading = await gateway.read({ path, bytes, formatId: format }, () => Promise.resolve(null));
  return [resultOf(reading), performance.now() - begun];
}

function isLate({ problems }: ReadingResult, ms: number): boolean {
  return ms > deadlineMs || problems.some(({ code }) => code === 'deadline');
}

function hasEnd(bytes: Buffer): boolean {
  const text = bytes.toString('utf8').trim();
  if (text.startsWith('<')) return text.endsWith('>');
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** An empty file and one of spaces are another matter. */
function isCutShort(bytes: Buffer): boolean {
  const text = bytes.toString('utf8').trim();
  return text !== '' && !/[}\]>]$/.test(text);
}

async function readingOf(gateway: Gateway, { path, bytes, format }: Sample): Promise<string> {
  return (await gateway.read({ path, bytes, formatId: format }, () => Promise.resolve(null))).text;
}
