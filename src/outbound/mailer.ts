import { getCACertificates } from 'node:tls';
import { createTransport } from 'nodemailer';

/** A mail server. `starttls` refuses to go on without; `none` is for a server on the same machine. */
export type MailServer = {
  readonly host: string;
  readonly port: number;
  readonly tls: 'starttls' | 'implicit' | 'none';
  readonly login: { readonly user: string; readonly secret: string } | null;
  /** Private certificate authorities in PEM, beside the well-known ones; null for those only. */
  readonly ca: readonly string[] | null;
};

/** One mail. `id` stays the same when it is sent again, so that readers show it once. */
export type Mail = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

const timeoutMs = 20_000;
const address = /^[^\s"(),:;<>@[\\\]\p{Cc}]{1,64}@[A-Za-z0-9.-]{1,253}$/u;

/** True for a plain mail address, which holds nothing that a header or a list of addresses could be made of. */
export function isMailAddress(text: string): boolean {
  return address.test(text);
}

/** Hands a mail to its server. Throws when the server does not take it, with the server's code as `responseCode` where it answered. */
export async function sendMail(server: MailServer, { id, from, to, subject, text, html }: Mail): Promise<void> {
  if (!isMailAddress(to) || !isMailAddress(from)) throw new Error('This is no mail address to send to or from.');
  const transport = transportTo(server);
  try {
    await transport.sendMail({
      from,
      to,
      subject: subject.replace(/\p{Cc}+/gu, ' '),
      text,
      html,
      messageId: `<${id}@guildhall>`,
      headers: { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' },
    });
  } finally {
    transport.close();
  }
}

/** Asks a mail server whether it answers and takes the login. Throws when it does not. */
export async function greetMailServer(server: MailServer): Promise<void> {
  const transport = transportTo(server);
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}

function transportTo({ host, port, tls, login, ca }: MailServer) {
  return createTransport({
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(login === null ? {} : { auth: { user: login.user, pass: login.secret } }),
    ...(ca === null ? {} : { tls: { ca: [...getCACertificates('default'), ...ca] } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Nothing in a mail may name a file or URL to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
