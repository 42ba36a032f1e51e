import type { FastifyInstance } from 'fastify';
import type { ServedOffice } from './office.ts';
import type { Sizes } from './metrics.ts';

/** Adds `/healthz` (the process answers), `/readyz` (the estate is loaded and the store answers; findings may still be judged for the first time) and `/metrics` (Prometheus). */
export function addHealth(app: FastifyInstance, office: ServedOffice): void {
  const open = { schema: { hide: true }, config: { access: 'public' as const } };
  app.get('/healthz', open, (_, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', open, (_, reply) => {
    const wanting = office.estate.trouble() ?? (office.estate.current() === null ? 'the estate is being loaded' : null);
    return reply
      .code(wanting === null ? 200 : 503)
      .type('text/plain')
      .send(`${wanting ?? 'ready'}\n`);
  });
  app.get('/metrics', open, async (_, reply) => reply.type(office.metrics.contentType).send(await office.metrics.text(await sizesOf(office))));
}

async function sizesOf({ estate, store, clock }: ServedOffice): Promise<Sizes> {
  const now = estate.current();
  const ages = [...(await feedsAnswered(store))].map(([kind, at]) => ({ kind, seconds: (clock() - at) / 1000 }));
  return {
    components: now?.components.length ?? 0,
    packages: now?.packages.length ?? 0,
    packageVersions: now?.versions.length ?? 0,
    occurrences: now?.postings.size() ?? 0,
    findings: now?.findings.reduce((sum, each) => sum + each.group.length, 0) ?? 0,
    seq: now?.seq ?? 0,
    loaded: now !== null,
    feedAges: ages,
  };
}

/** When each kind of feed last answered; of one that was carried here, when it was taken. */
async function feedsAnswered(store: ServedOffice['store']): Promise<ReadonlyMap<string, number>> {
  const answered = new Map<string, { readonly kind: string; readonly at: number }>();
  for (const { origin, source, validAt } of await store.lastReceipts()) answered.set(origin, { kind: source, at: validAt });
  // A look that found nothing new leaves no receipt.
  for (const { origin, source, last_success: at } of await store.sources()) if (at !== null) answered.set(origin, { kind: source, at });
  const latest = new Map<string, number>();
  for (const { kind, at } of answered.values())
    if (kind === 'osv' || kind === 'kev' || kind === 'epss') latest.set(kind, Math.max(at, latest.get(kind) ?? 0));
  return latest;
}
