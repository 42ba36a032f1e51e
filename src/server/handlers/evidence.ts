import type { Drawing } from '#desk/evidence/drawings.ts';
import { isAllowed } from '#model/actor.ts';
import { evidencePack, sampleFile, type EvidencePack } from '#operations/evidence/evidence-pack.ts';
import { zipArchive } from '#operations/evidence/zip-archive.ts';
import { storedJson } from '#language/readers/json.ts';
import type { Asked, Handler, ReplyOf } from '../asked.ts';
import { performed } from '../perform.ts';
import { visibilityOf } from '../principal.ts';
import { Refusal } from '../refusal.ts';
import type { Run } from '../runs.ts';
import { dayText } from '#operations/ask-estate.ts';

const dayMs = 86_400_000;

/** Draws evidence: that it was drawn is on record before it is made. */
export const drawEvidencePack: Handler<'drawEvidencePack'> = async (asked) => {
  const { office, principal, body, request } = asked;
  const today = dayText(Math.floor(office.clock() / dayMs));
  const { purpose, asOf = today, known = today, ...rest } = body;
  const id = await office.once(principal, request, async (made) => {
    if (!office.desk.desk.drawings.has(made))
      await performed(office, principal, 'draw-evidence', { body: { id: made, question: { ...rest, asOf, known } }, words: { purpose } });
    return made;
  });
  return viewOf(asked, id);
};

/** How making it stands. */
export const evidencePackOutcome: Handler<'evidencePackOutcome'> = (asked) => viewOf(asked, asked.params.id);

/** One row of the sample, as the pack holds it. */
export const evidenceRow: Handler<'evidenceRow'> = async (asked) => {
  const text = (await packOf(asked)).files.get(sampleFile(asked.query.number));
  if (text === undefined) throw new Refusal(404, 'The sample has no such row.');
  return storedJson(text) as ReplyOf<'evidenceRow'>;
};

/** The pack as one file. */
export const evidencePackFile: Handler<'evidencePackFile'> = async (asked) => ({
  bytes: zipArchive((await packOf(asked)).files),
  fileName: `evidence-${asked.params.id}.zip`,
});

/** Stops making it, and forgets what was made; that it was drawn stays on record. */
export const cancelEvidencePack: Handler<'cancelEvidencePack'> = async (asked) => {
  (await runOf(asked, asked.params.id)).run.cancel();
  return null;
};

type Asking = Asked<'drawEvidencePack' | 'evidencePackOutcome' | 'evidenceRow' | 'evidencePackFile' | 'cancelEvidencePack'>;

/** The run of who drew it; begun here where another process had it, or this one has forgotten it. */
async function runOf(asked: Asking, id: string): Promise<{ readonly run: Run<EvidencePack>; readonly drawing: Drawing }> {
  const { office, principal } = asked;
  const { drawings } = await office.desk.catchUp(office.store);
  const drawing = drawings.get(id);
  if (drawing?.by !== principal.actor.id) throw new Refusal(404, 'There is no such evidence, or somebody else drew it.');
  const { store, evidence, name } = office;
  const run = evidence.get(id, principal.subject);
  if (run !== null) return { run, drawing };
  const { question } = drawing;
  const sight = {
    findings: visibilityOf(principal, 'findings'),
    estate: visibilityOf(principal, 'estate'),
    ledger: isAllowed(principal.actor, 'ledger:read', [null]),
  };
  const isToday = question.asOf === dayText(Math.floor(office.clock() / dayMs));
  const begun = evidence.begin(id, principal.subject, async (running) => {
    const estate = isToday ? await office.estate.catchUp() : await office.estate.asOf(Date.parse(question.asOf) / dayMs);
    return evidencePack(store, estate, sight, name, question, running);
  });
  return { run: begun, drawing };
}

async function packOf(asked: Asked<'evidenceRow' | 'evidencePackFile'>): Promise<EvidencePack> {
  const { run } = await runOf(asked, asked.params.id);
  if (run.result === null)
    throw new Refusal(409, run.state === 'working' ? 'It is being made. Ask how it stands.' : 'It was not made. Draw it again.');
  return run.result;
}

async function viewOf(asked: Asking, id: string): Promise<ReplyOf<'evidencePackOutcome'>> {
  const { run, drawing } = await runOf(asked, id);
  const { state, done, of, problem, result } = run;
  return {
    id,
    state,
    question: drawing.question,
    drawnAt: new Date(drawing.at).toISOString(),
    progress: { done, of },
    problem,
    population: result === null ? null : { count: result.count, hash: result.hash },
    sample: result?.sample ?? null,
    coverage: result?.coverage ?? null,
    ledger: result?.ledger ?? null,
    files: result === null ? null : [...result.files.keys()],
  };
}
