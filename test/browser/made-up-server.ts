import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { routes } from '#server/schemas/routes.ts';
import type { RouteName } from '#server/schemas/routes.ts';
import type { Route } from '#server/schemas/routes/route.ts';
import { madeUpEstate } from './made-up-estate.ts';

/** The policy that the pages must live with: nothing inline, nothing from elsewhere. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const web = path.resolve(import.meta.dirname, '../../dist/web');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** How the made-up server shall behave: which routes fail, and whether there is a session. */
export type Behaviour = { readonly failing?: readonly RouteName[]; readonly signedOut?: boolean };

/** Serves the built web and the made-up estate on a free port of this machine. Every answer is held against its schema. */
export async function serveMadeUp(behaviour: Behaviour = {}): Promise<{ readonly address: string; close(): void }> {
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://made.up');
    if (url.pathname.startsWith('/v1/')) answer(url, request.url === '/v1/verdicts' ? 'POST' : 'GET', response, behaviour);
    else sendFile(url.pathname, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The made-up server has no port.');
  return { address: `http://127.0.0.1:${bound.port}`, close: () => server.close() };
}

function answer(url: URL, method: string, response: http.ServerResponse, behaviour: Behaviour): void {
  const found = (Object.entries(routes) as [RouteName, Route][]).find(
    ([, route]) => route.method === method && patternOf(route.path).test(url.pathname),
  );
  const asked = found?.[1].query?.safeParse(Object.fromEntries(url.searchParams));
  if (behaviour.signedOut === true) refuse(response, 401, 'There is no session.');
  else if (found === undefined) refuse(response, 404, 'There is no such route.');
  else if (behaviour.failing?.includes(found[0]) === true) refuse(response, 400, 'Made to fail.');
  else if (asked?.success === false) refuse(response, 400, asked.error.message);
  else {
    const body = cut(found[1].reply?.parse(madeUpEstate[found[0]]), Number(url.searchParams.get('limit') ?? 50));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}

/** A page of a list; the made-up estate has no second one to go to. */
function cut(body: unknown, limit: number): unknown {
  return body !== null && typeof body === 'object' && 'items' in body && Array.isArray(body.items)
    ? { ...body, items: body.items.slice(0, limit) }
    : body;
}

function refuse(response: http.ServerResponse, status: number, detail: string): void {
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ type: 'about:blank', title: 'Refused', status, detail, instance: '7f2c' }));
}

function patternOf(route: string): RegExp {
  return new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`);
}

function sendFile(pathname: string, response: http.ServerResponse): void {
  const wanted = path.join(web, pathname);
  const file = path.extname(pathname) !== '' && fs.existsSync(wanted) ? wanted : path.join(web, 'index.html');
  response.writeHead(200, {
    'content-type': types[path.extname(file)] ?? 'application/octet-stream',
    'content-security-policy': contentSecurityPolicy,
  });
  response.end(fs.readFileSync(file));
}
