import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { Refusal } from './refusal.ts';

/** Serves the built web; a path that is no file of it is a page of its router. Without a build only the API answers. */
export async function serveWeb(app: FastifyInstance, folder: string): Promise<void> {
  const isBuilt = existsSync(path.join(folder, 'index.html'));
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: folder,
      serve: false,
      setHeaders: (reply, file) => {
        // The names of assets hold their hash; everything else is asked for again.
        void reply.header('cache-control', file.includes(`${path.sep}assets${path.sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const pathname = request.url.split('?', 1)[0] ?? '/';
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !pathname.startsWith('/v1');
    if (!isPage) throw new Refusal(404, 'There is nothing at this address.');
    if (!isBuilt) throw new Refusal(404, 'The pages are not built. Run `npm run build:web`.');
    const file = path.posix.normalize(decodedPath(pathname)).slice(1);
    const isFile = path.extname(file) !== '' && existsSync(path.join(folder, file));
    if (!isFile && file.startsWith('assets/')) throw new Refusal(404, 'There is no such file.');
    return reply.sendFile(isFile ? file : 'index.html');
  });
}

function decodedPath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return '/';
  }
}
