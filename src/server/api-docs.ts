import type { FastifyInstance } from 'fastify';
import { routes } from './schemas/routes.ts';
import type { Route } from './schemas/routes/route.ts';

/** Adds the description of the API for programs (OpenAPI 3.1) and for people. */
export function addApiDocs(app: FastifyInstance): void {
  app.get('/v1/openapi.json', { schema: { hide: true }, config: { access: 'public' } }, () => app.swagger());
  const page = docsPage();
  app.get('/v1/docs', { schema: { hide: true }, config: { access: 'public' } }, (_, reply) => reply.type('text/html; charset=utf-8').send(page));
}

function docsPage(): string {
  const rows = (Object.values(routes) as readonly Route[]).map((route) => {
    const query = route.query === null ? [] : Object.keys((route.query as unknown as { readonly shape: object }).shape);
    const cells = [
      `<code>${route.method} ${route.path}</code>`,
      route.summary,
      `<code>${route.permission}</code>`,
      query.map((name) => `<code>${name}</code>`).join(' '),
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Guildhall API</title></head><body>
<h1>Guildhall API</h1>
<p>Every route with its parameters and replies is described in <a href="/v1/openapi.json">openapi.json</a>. Scripts send <code>Authorization: Bearer</code> and an API token.</p>
<table><thead><tr><th>Route</th><th>What it gives</th><th>Permission</th><th>Query</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></body></html>
`;
}
