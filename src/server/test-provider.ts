import { createHash, createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';

/** What the provider answers when a code is redeemed; for tests only. */
export type Answer = { readonly status?: number; readonly type?: string; readonly body: string };

/** What a code stands for. */
export type Redeemed = { readonly nonce: string; readonly code: string };

/** An OpenID Connect provider that says whatever a test has it say; for tests only. */
export type TestProvider = {
  readonly issuer: string;
  readonly key: KeyObject;
  readonly publicPem: string;
  /** Has the next redeemed codes answered so. */
  answer(make: (redeemed: Redeemed) => Answer): void;
  /** Visits an authorization address as a browser would and gives where it sends back to. */
  authorize(url: string): URL;
  close(): Promise<void>;
};

export const clientId = 'guildhall';
export const clientSecret = 'a secret that only the office and the provider know';

/** Starts a provider on a free port. */
export async function openTestProvider(): Promise<TestProvider> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'first', use: 'sig', alg: 'RS256' };
  const codes = new Map<string, { readonly nonce: string; readonly challenge: string }>();
  let make: (redeemed: Redeemed) => Answer = () => ({ status: 500, body: '' });
  const server = createServer((request, response) => {
    void respond(request).then(({ status = 200, type = 'application/json', body }) => {
      response.writeHead(status, { 'content-type': type }).end(body);
    });
  });
  const respond = async (request: IncomingMessage): Promise<Answer> => {
    if (request.url === '/.well-known/openid-configuration') return { body: JSON.stringify(metadata) };
    if (request.url === '/jwks') return { body: JSON.stringify({ keys: [jwk] }) };
    const sent = new URLSearchParams(await textOf(request));
    const begun = codes.get(sent.get('code') ?? '');
    const isProven =
      begun !== undefined &&
      createHash('sha256')
        .update(sent.get('code_verifier') ?? '')
        .digest('base64url') === begun.challenge;
    if (!isProven) return { status: 400, body: '{"error":"invalid_grant"}' };
    codes.delete(sent.get('code') ?? '');
    return make({ nonce: begun.nonce, code: sent.get('code') ?? '' });
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const issuer = `http://127.0.0.1:${String(address !== null && typeof address === 'object' ? address.port : 0)}`;
  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'PS256', 'HS256', 'none'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  };
  let count = 0;
  return {
    issuer,
    key: privateKey,
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }),
    answer: (next) => (make = next),
    authorize(url) {
      const { searchParams } = new URL(url);
      const code = `code-${String((count += 1))}`;
      codes.set(code, { nonce: searchParams.get('nonce') ?? '', challenge: searchParams.get('code_challenge') ?? '' });
      const back = new URL(searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', code);
      back.searchParams.set('state', searchParams.get('state') ?? '');
      back.searchParams.set('iss', issuer);
      return back;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A signed token: RS256 by the key, HS* by a text, nothing for a null key. */
export function jwt(header: object, payload: unknown, key: KeyObject | string | null): string {
  const text = `${part(header)}.${typeof payload === 'string' ? Buffer.from(payload).toString('base64url') : part(payload)}`;
  if (key === null) return `${text}.`;
  const signed =
    typeof key === 'string'
      ? createHmac('sha256', key).update(text).digest('base64url')
      : sign('sha256', Buffer.from(text), key).toString('base64url');
  return `${text}.${signed}`;
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
