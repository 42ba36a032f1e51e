import type { FastifyRequest } from 'fastify';
import type { Refused } from '#desk/refused.ts';
import type { ImportWanted } from '#operations/import-file.ts';
import type { ServedOffice } from '../office.ts';
import { visibilityOf, type Principal } from '../principal.ts';
import { Refusal } from '../refusal.ts';
import type { ImportQuery } from '../schemas/imported-decision.ts';
import { wholeBody } from '../whole-body.ts';

/** The most that a file may have that is read whole. */
export const longestImport = 20_000_000;

const statusOf = { 'not-allowed': 403, unknown: 404, changed: 412, invalid: 409 } as const;

type Asked = { readonly office: ServedOffice; readonly principal: Principal; readonly query: ImportQuery; readonly request: FastifyRequest };

/** The file that was sent, and who brings it. */
export async function importWanted({ office, principal, query, request }: Asked, what: string): Promise<ImportWanted> {
  return {
    bytes: await wholeBody(request, Math.min(longestImport, office.uploadBytes), what),
    file: query.file,
    formatId: query.as ?? null,
    columns: query.columns ?? null,
    component: query.component ?? null,
    actor: principal.actor,
    visibility: visibilityOf(principal, 'findings'),
    estateVisibility: visibilityOf(principal, 'estate'),
  };
}

/** What came of an import; throws the refusal as the answer that it is. */
export function unlessRefused<T extends object>(done: T | Refused): T {
  if ('refusal' in done) throw new Refusal(statusOf[done.refusal], done.reason);
  return done;
}
