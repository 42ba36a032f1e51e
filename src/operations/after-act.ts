import type { Desk } from '#desk/desk.ts';
import type { Context } from './context.ts';
import { publishOwnAdvisories } from './own-advisories.ts';

const publishing: ReadonlySet<string> = new Set(['open-incident', 'report-hash-found', 'correct-incident', 'name-incident', 'close-incident']);

/** Does at once what follows from an act outside the desk; a job does it again, for when this process ends before. */
export async function afterAct(context: Context, desk: Desk, kind: string): Promise<void> {
  if (publishing.has(kind)) await publishOwnAdvisories(context, desk);
}
