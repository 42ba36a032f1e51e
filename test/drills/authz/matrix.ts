import { createHash } from 'node:crypto';
import type { Store } from '#store/store.ts';
import { byPermission } from './by-permission.ts';
import { reach, sees } from './oracle.ts';
import { operationsOn, type Operation, type Outcome, type Seen } from './operations.ts';
import { canary, type Caller, type World } from './world.ts';

/** What a run over everything came to: cells, and what was not as promised. */
export type Judged = { readonly tried: number; readonly wrong: readonly string[] };

/** Ends the session that asks; it is asked about in the tests of the server. */
const leftOut: ReadonlySet<string> = new Set(['signOut']);

/** Asks everything as everybody and compares with the oracle. `atMost` ends it at so many wrong cells; `first` are operations to begin with. */
export async function judgeAll(world: World, atMost = Infinity, first: ReadonlySet<string> = new Set()): Promise<Judged> {
  const written = operationsOn(world.things);
  const operations = [...written, ...byPermission(new Set([...written.map((each) => each.of), ...leftOut]))];
  const wrong: string[] = [];
  let tried = 0;
  const undo = undoWrites(world.office.context.store);
  const whole = await tagsOf(world, operations);
  let before = await digest(world);
  for (const part of [operations.filter((each) => first.has(each.of)), operations.filter((each) => !first.has(each.of))]) {
    for (const caller of part.length === 0 ? [] : world.callers) {
      for (const operation of part) {
        tried += 1;
        undo.reset();
        const fault = await faultIn(world, caller, operation, undo, whole);
        if (fault !== null) wrong.push(`${caller.name}: ${operation.name}: ${fault}`);
        if (wrong.length >= atMost) return { tried, wrong };
      }
      tried += 1;
      const after = await digest(world);
      if (after !== before) wrong.push(`${caller.name}: rows changed that nobody was to change`);
      before = after;
    }
  }
  undo.end();
  return { tried, wrong };
}

type Undone = ReturnType<typeof undoWrites>;

/** Lets writes run to their end and then takes them back, so that every cell begins on the same office. */
function undoWrites(store: Store) {
  const write = store.write.bind(store);
  const state = { actors: [] as string[], wrote: false };
  class TakenBack extends Error {}
  const changed = store as { write: Store['write'] };
  changed.write = async (change) => {
    let result: Awaited<ReturnType<typeof change>> | undefined;
    await write(async (tx) => {
      result = await change({
        ...tx,
        appendLedger: async (entries, words) => {
          state.actors.push(...entries.map((each) => each.actor));
          await tx.appendLedger(entries, words);
        },
      });
      state.wrote = true;
      throw new TakenBack('The drill takes it back.');
    }).catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
    return result as Awaited<ReturnType<typeof change>>;
  };
  return {
    state,
    reset: () => {
      state.actors = [];
      state.wrote = false;
    },
    end: () => (changed.write = write),
  };
}

async function faultIn(
  world: World,
  caller: Caller,
  operation: Operation,
  { state }: Undone,
  whole: ReadonlyMap<string, string>,
): Promise<string | null> {
  const asked = operation.url(caller);
  const tag = whole.get(asked);
  const answer = await send(world, caller, operation, asked, tag === undefined ? {} : { 'if-none-match': tag });
  const must = caller.stands === 'out' ? 401 : operation.must(caller);
  const is = outcomeOf(operation, answer.statusCode, state.wrote);
  const isLetIn = must === 'let in' && is !== 'forbidden' && is !== 401 && answer.statusCode < 500;
  if (is !== must && !(must === 'ok' && is === 'senseless') && !isLetIn)
    return `${String(answer.statusCode)} and not ${String(must)}: ${answer.body.slice(0, 200)}`;
  if (state.actors.some((actor) => actor !== caller.id)) return `the ledger names ${state.actors.join(' ')} and not ${caller.id}`;
  if (state.actors.length > 1) return 'more than one entry for one act';
  if (must !== 'ok' && state.actors.length > 0) return 'it was refused and done';
  const seen = seenBy(world, caller);
  const leak = leakIn(world, seen, operation, answer.body);
  if (leak !== null) return `shows ${leak}`;
  if (must === 'missing' && operation.ghost !== undefined) return differsFromMissing(world, caller, operation, answer.body);
  if (answer.statusCode === 304)
    return seen.estate.length === world.things.length && seen.findings.length === world.things.length ? null : 'has the tag of who sees more';
  if (must !== 'ok' || operation.figures === undefined) return null;
  for (const { name, of, is: wanted } of operation.figures) {
    const [given, expected] = [of(JSON.parse(answer.body) as never), wanted(seen)];
    if (given !== expected) return `${name} is ${String(given)} and not ${String(expected)}`;
  }
  return null;
}

function outcomeOf({ of }: Operation, status: number, wrote: boolean): Outcome | number {
  // These are sent something that is refused only once it is clear that one may.
  if (status === 400 && (of === 'uploadSbom' || of === 'uploadAttestation' || of === 'setPassword')) return 'ok';
  if ([400, 401, 412, 429].includes(status)) return status;
  if (status === 403) return 'forbidden';
  if (status === 404) return 'missing';
  if (status === 409) return 'senseless';
  // What was written and taken back is then not found where it is looked for.
  return status < 500 || wrote ? 'ok' : status;
}

function seenBy(world: World, asker: Caller): Seen {
  return {
    asker,
    estate: world.things.filter(({ team }) => sees(asker, 'catalogue', team)),
    findings: world.things.filter(({ team }) => sees(asker, 'findings', team)),
  };
}

/** A name or finding in an answer of what the asker does not see. What they named themselves may be named back. */
function leakIn(world: World, seen: Seen, operation: Operation, body: string): string | null {
  const isCounsel = seen.asker.kind === 'person' && reach(seen.asker, 'privileged') === 'all';
  if (body.includes(canary) && !(operation.of === 'councilCase' && isCounsel)) return 'what counsel wrote for counsel';
  for (const thing of world.things) {
    const named =
      operation.url(seen.asker).includes(thing.name) ||
      operation.thing === thing ||
      JSON.stringify(operation.body?.(seen.asker) ?? {}).includes(thing.name);
    const isKnown = seen.estate.includes(thing) || seen.findings.includes(thing) || sees(seen.asker, 'sources', thing.team);
    // Who reads the ledger or the last things sees all of it, and may do so only when they see everything.
    if (!isKnown && !named && body.includes(thing.name)) return thing.name;
    if (
      !seen.findings.includes(thing) &&
      operation.thing !== thing &&
      body.includes(thing.finding) &&
      !JSON.stringify(operation.body?.(seen.asker) ?? {}).includes(thing.finding)
    )
      return `a finding of ${thing.name}`;
  }
  return null;
}

async function differsFromMissing(world: World, caller: Caller, operation: Operation, body: string): Promise<string | null> {
  const other = await send(world, caller, operation, operation.ghost ?? '', {});
  const plain = (text: string): string => text.replace(/"instance":"[^"]*"/, '').replaceAll(operation.thing?.name ?? '', 'ghostapp');
  return plain(other.body) === plain(body) ? null : `is told apart from what is not there: ${body.slice(0, 160)} | ${other.body.slice(0, 160)}`;
}

let asks = 0;

async function send({ server }: World, caller: Caller, { method, body, of }: Operation, url: string, headers: Readonly<Record<string, string>>) {
  asks += 1;
  // Callers by thousands come from many addresses, as they would.
  const remoteAddress = `10.0.${String((asks >> 12) & 255)}.1`;
  const payload = body?.(caller);
  const base = of === 'signOut' ? {} : caller.headers;
  return server.app.inject({ method, url, headers: { ...base, ...headers }, remoteAddress, ...(payload === undefined ? {} : { payload }) });
}

/** The tags that who sees everything gets. */
async function tagsOf(world: World, operations: readonly Operation[]): Promise<ReadonlyMap<string, string>> {
  const given = world.callers.find((each) => each.name === 'token given');
  if (given === undefined) throw new Error('Nobody sees everything.');
  const tags = new Map<string, string>();
  for (const operation of operations.filter(({ method, thing }) => method === 'GET' && thing === undefined)) {
    const url = operation.url(given);
    const answer = await send(world, given, operation, url, {});
    const { etag } = answer.headers;
    if (typeof etag === 'string') tags.set(url, etag);
  }
  return tags;
}

/** What nobody changes in the drill: the ledger, receipts, passwords, tokens of others and views of others are as they were. */
async function digest({ office }: World): Promise<string> {
  const { store } = office.context;
  const rows = [await store.ledgerHead(), await store.lastReceipts(), (await store.auth.apiTokens()).length, await store.epoch()];
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}
