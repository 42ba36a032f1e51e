import type { FastifyInstance } from 'fastify';
import type { ServedOffice } from './office.ts';
import type { Sizes } from './metrics.ts';

/** Adds `/healthz` (the process answers), `/readyz` (the estate is loaded) and `/metrics` (Prometheus). */
export function addHealth(app: FastifyInstance, office: ServedOffice): void {
  const open = { schema: { hide: true }, config: { access: 'public' as const } };
  app.get('/healthz', open, (_, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', open, (_, reply) => {
    const isReady = office.estate.current() !== null;
    return reply
      .code(isReady ? 200 : 503)
      .type('text/plain')
      .send(isReady ? 'ready\n' : 'the estate is being loaded\n');
  });
  app.get('/metrics', open, async (_, reply) => reply.type(office.metrics.contentType).send(await office.metrics.text(await sizesOf(office))));
}

async function sizesOf({ estate, store, clock }: ServedOffice): Promise<Sizes> {
  const now = estate.current();
  const feeds = (await store.lastReceipts()).filter((each) => each.source === 'osv' || each.source === 'kev' || each.source === 'epss');
  const ages = [...Map.groupBy(feeds, (each) => each.source)].map(([kind, rows]) => ({
    kind,
    seconds: (clock() - Math.max(...rows.map((each) => each.confirmedAt))) / 1000,
  }));
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
