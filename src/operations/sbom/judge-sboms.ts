import type { TrustedKey } from '#language/attestation/check-signatures.ts';
import type { SbomQualityTable } from '#store/schema.ts';
import type { OpenEvidence, SbomQualityHead, StoredReceipt } from '#store/store.ts';
import type { Context } from '../context.ts';
import { checkAttestations } from './kept-attestation.ts';
import { judgedColumns, judgeSbom } from './judged-sbom.ts';
import { qualityVersion } from './quality-report.ts';
import { keysPrint } from './trusted-keys.ts';

const rowsAtOnce = 20;
/** Observations of the past that are judged when an SBOM is met for the first time. */
const pastJudged = 30;

/**
 * Judges every SBOM in use that was not judged yet, was replaced, or was judged by another version of this program or with other keys, and checks attestations
 * that came. What is judged is kept a few at a time, so that one that is broken off goes on there; `mayGoOn` throws to break it off. Gives how many were judged.
 */
export async function judgeSboms(context: Context, keys: readonly TrustedKey[], mayGoOn: () => void): Promise<number> {
  const { store } = context;
  const checked = await checkAttestations(context, keys, mayGoOn);
  const known = new Map((await store.sbomQualities({ latest: true })).map((row) => [keyOf(row), row]));
  const refs = new Map<number, string>();
  for await (const page of store.loadComponents()) for (const row of page) refs.set(row.id, row.ref);
  let waiting: SbomQualityTable[] = [];
  let judged = 0;
  const keep = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const rows = waiting;
    waiting = [];
    await store.write(async (tx) => {
      await tx.putSbomQualities(rows);
      await tx.appendChange('sboms', { sboms: true }, context.clock());
    });
  };
  try {
    for await (const page of store.loadEvidence()) {
      for (const evidence of page) {
        const component = refs.get(evidence.component_id);
        if (component === undefined || evidence.kind !== 'sbom' || evidence.ended !== 0) continue;
        for (const due of await dueOf(context, { component, evidence, latest: known.get(keyOf({ component, path: evidence.path })) ?? null }, keys)) {
          mayGoOn();
          const row = await judgeOne(context, due, keys);
          if (row === null) continue;
          judged += 1;
          waiting.push(row);
          if (waiting.length >= rowsAtOnce) await keep();
        }
      }
    }
  } finally {
    await keep();
  }
  if (checked > 0 && judged === 0) await store.write((tx) => tx.appendChange('sboms', { sboms: true }, context.clock()));
  return judged;
}

type Asked = { readonly component: string; readonly evidence: OpenEvidence; readonly latest: SbomQualityHead | null };
type Due = {
  readonly component: string;
  readonly path: string;
  readonly seenAt: number;
  readonly receipt: StoredReceipt;
  readonly inside: string;
  readonly raw: string;
};

/** What is to be judged of one evidence: what it shows now, and what it showed before where that was never judged. */
async function dueOf({ store }: Context, { component, evidence, latest }: Asked, keys: readonly TrustedKey[]): Promise<readonly Due[]> {
  const { path, seen_at: seenAt, receipt: seq } = evidence;
  const print = keysPrint(keys);
  const isCurrent = (row: SbomQualityHead): boolean => row.judge === qualityVersion && (row.signature === 'none' || row.keys === print);
  if (latest !== null && isCurrent(latest) && latest.seen_at >= seenAt) return [];
  const last = await store.receiptBySeq(seq);
  if (last === null) return [];
  const known = latest === null ? [] : (await store.sbomQualities({ component })).filter((row) => row.path === path);
  const isUpload = last.source === 'upload';
  // Every upload is another SBOM; of a repository only some revisions changed it, and its trees are large.
  const past = known.length === 0 || isUpload ? await store.receiptsOf(last.origin) : [];
  const receipts = [...past.filter((each) => each.seq !== seq && each.outcome !== 'failed').slice(-pastJudged), last];
  const due: Due[] = [];
  let before = '';
  for (const receipt of receipts.toSorted((a, b) => a.validAt - b.validAt || a.seq - b.seq)) {
    const tree = await store.treeOf(receipt);
    const entry = tree.find((each) => each.path === path) ?? (receipt.source === 'upload' || receipt.source === 'file' ? tree[0] : undefined);
    if (entry?.state !== 'read' || (entry.hash === before && receipt.seq !== seq)) continue;
    before = entry.hash;
    const row = known.find((each) => each.raw === entry.hash && each.valid_at === receipt.validAt);
    if (row !== undefined && isCurrent(row) && (receipt.seq !== seq || row.seen_at >= seenAt)) continue;
    due.push({ component, path, seenAt, receipt, inside: entry.path, raw: entry.hash });
  }
  return due;
}

/** Null when the bytes are gone. */
async function judgeOne(
  { store, gateway }: Context,
  { component, path, seenAt, receipt, inside, raw }: Due,
  keys: readonly TrustedKey[],
): Promise<SbomQualityTable | null> {
  const bytes = await store.readRaw(raw);
  if (bytes === null) return null;
  const judged = await judgeSbom(gateway, { path: inside, bytes, at: receipt.receivedAt }, keys);
  return { component, path, valid_at: receipt.validAt, raw, receipt: receipt.publicId, seen_at: seenAt, ...judgedColumns(judged, keys) };
}

function keyOf({ component, path }: Pick<SbomQualityTable, 'component' | 'path'>): string {
  return `${component}\0${path}`;
}
