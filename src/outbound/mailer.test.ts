import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { greetMailServer, isMailAddress, sendMail, type MailServer } from './mailer.ts';
import { testCertificate } from './test-certificate.ts';

const { key, cert } = testCertificate(Date.now());
const mail = { id: 'one', from: 'guildhall@acme.example', to: 'ada@acme.example', subject: 'Hello', text: 'Hello.', html: '<p>Hello.</p>' };
const login = { user: 'guildhall', secret: 's3cret' };

let server: SMTPServer | null = null;
afterEach(async () => {
  const closing = server;
  server = null;
  if (closing !== null) await new Promise<void>((resolve) => closing.close(resolve));
});

type Came = { readonly secure: boolean; readonly user: unknown; readonly text: string };

/** A real mail server that lets in whoever knows the password, with what came and how. */
async function open(options: SMTPServerOptions): Promise<{ readonly port: number; readonly mails: readonly Came[] }> {
  const mails: Came[] = [];
  server = new SMTPServer({
    key,
    cert,
    onAuth({ username, password }, _session, done) {
      if (username === login.user && password === login.secret) done(null, { user: username });
      else done(Object.assign(new Error('Who are you?'), { responseCode: 535 }));
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push({ secure: session.secure, user: session.user, text: Buffer.concat(parts).toString() });
        done();
      });
    },
    ...options,
  });
  // Clients that do not trust it break off.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return { port: (server.server.address() as AddressInfo).port, mails };
}

const serverAt = (port: number, more: Partial<MailServer> = {}): MailServer => ({
  host: '127.0.0.1',
  port,
  tls: 'starttls',
  login,
  ca: [cert],
  ...more,
});

describe('a mail', () => {
  it.each<[tls: MailServer['tls'], options: SMTPServerOptions]>([
    ['starttls', {}],
    ['implicit', { secure: true }],
  ])('goes over TLS (%s) to a server whose authority is named, after a login', async (tls, options) => {
    const { port, mails } = await open(options);
    await greetMailServer(serverAt(port, { tls }));
    expect(mails).toEqual([]);
    await sendMail(serverAt(port, { tls }), mail);
    expect(mails).toMatchObject([{ secure: true, user: login.user }]);
    expect(mails[0]?.text).toContain('Message-ID: <one@guildhall>');
  });

  it.each<[name: string, options: SMTPServerOptions, more: Partial<MailServer>, because: RegExp]>([
    ['a server that offers no STARTTLS', { disabledCommands: ['STARTTLS'] }, {}, /STARTTLS|TLS/],
    ['a server of an unknown authority', {}, { ca: null }, /self-signed|certificate/i],
    ['a server of an unknown authority, from the first byte', { secure: true }, { tls: 'implicit', ca: null }, /self-signed|certificate/i],
    ['a server that speaks plainly where TLS is wanted from the first byte', {}, { tls: 'implicit' }, /SSL|TLS|wrong version/i],
    ['a login that is not taken', {}, { login: { user: 'guildhall', secret: 'wrong' } }, /535/],
  ])('does not go to %s, and neither does a greeting', async (_, options, more, because) => {
    const { port, mails } = await open(options);
    await expect(sendMail(serverAt(port, more), mail)).rejects.toThrow(because);
    await expect(greetMailServer(serverAt(port, more))).rejects.toThrow(because);
    expect(mails).toEqual([]);
  });

  it.each([
    ['ada@acme.example', true],
    ['ada@acme.example, bo@acme.example', false],
    ['ada@acme.example\r\nBcc: bo@acme.example', false],
    ['Ada <ada@acme.example>', false],
    ['', false],
  ])('goes to %j: %s', (address, expected) => {
    expect(isMailAddress(address)).toBe(expected);
  });
});
