import { createServer } from 'node:net';

/** Why a port of this machine cannot be listened on, as an error code such as `EADDRINUSE`; null when it can. It is given back at once. */
export async function whyNoPort(port: number): Promise<string | null> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? 'unknown');
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(null);
      });
    });
  });
}
