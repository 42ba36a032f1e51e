import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a fake registry sends for a path: a body, or a whole answer; with the status 0 nothing at all. */
export type FakeAnswer = string | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

/** A registry of a test, over real HTTP: bodies have ETags and are not sent again to who has them. */
export type FakeRegistry = {
  readonly url: string;
  readonly host: string;
  readonly answers: Map<string, FakeAnswer>;
  /** `path`, followed by ` 304` where nothing had changed. */
  readonly asked: string[];
  readonly headers: Readonly<Record<string, string | string[] | undefined>>[];
  close(): Promise<void>;
};

/** Starts a fake registry on this machine. */
export async function openFakeRegistry(): Promise<FakeRegistry> {
  const answers = new Map<string, FakeAnswer>();
  const asked: string[] = [];
  const headers: FakeRegistry['headers'] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1);
    const answer = answers.get(path) ?? { status: 404, body: 'not found' };
    headers.push(request.headers);
    if (typeof answer !== 'string') {
      asked.push(path);
      if (answer.status === 0) return;
      response.writeHead(answer.status, answer.headers).end(answer.body ?? '');
      return;
    }
    const etag = `"${String(answer.length)}-${Buffer.from(answer.slice(0, 400)).toString('base64url').slice(-20)}"`;
    const isSame = request.headers['if-none-match'] === etag;
    asked.push(isSame ? `${path} 304` : path);
    response.writeHead(isSame ? 304 : 200, { etag, 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' }).end(isSame ? '' : answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url: `http://${host}`,
    host,
    answers,
    asked,
    headers,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
