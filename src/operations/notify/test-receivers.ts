import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A real mail server on this machine, for tests only. */
export type TestMailServer = {
  readonly port: number;
  /** What came, whole, in order. */
  readonly mails: { readonly from: string; readonly to: readonly string[]; readonly text: string }[];
  /** While above 0 mails are refused for now (451), and it counts down. */
  refusing: number;
  close(): Promise<void>;
};

/** Starts one. `onMail` runs once a mail has come, before its sender is told so. */
export async function openMailServer(onMail: () => void = () => undefined): Promise<TestMailServer> {
  const mails: TestMailServer['mails'] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (opened.refusing > 0) {
          opened.refusing -= 1;
          done(Object.assign(new Error('try later'), { responseCode: 451 }));
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map((each) => each.address),
          text: Buffer.concat(parts).toString(),
        });
        onMail();
        done();
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const opened: TestMailServer = {
    port: (server.server.address() as AddressInfo).port,
    mails,
    refusing: 0,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
  return opened;
}

export type TestRequest = { readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };

/** What a server of tests answers; `lost` breaks the connection after it did what it was asked. */
export type TestAnswer = { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> } | 'lost';

/** An HTTP server on this machine that keeps what it is asked, for tests only. `answer` says what it answers; 200 and nothing when it gives nothing. */
export async function openHttpReceiver(
  answer: (request: TestRequest) => TestAnswer | undefined = () => undefined,
): Promise<{ readonly url: string; readonly requests: TestRequest[]; close(): Promise<void> }> {
  const requests: TestRequest[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const asked = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString() };
      requests.push(asked);
      const given = answer(asked) ?? { status: 200 };
      if (given === 'lost') {
        request.socket.destroy();
        return;
      }
      const { status, body, headers } = given;
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body === undefined ? '' : JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
