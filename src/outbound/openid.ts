import * as openid from 'openid-client';
import { z } from 'zod';
import { fetchThrough } from './fetch-through.ts';
import type { HttpSettings } from './http.ts';
import type { signatures } from './signatures.ts';

/** An OpenID Connect provider and who we are to it. */
export type OpenIdSettings = {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client. */
  readonly clientSecret: string | null;
  readonly signedBy: (typeof signatures)[number];
  readonly scopes: readonly string[];
  readonly groupsClaim: string;
  readonly http: HttpSettings;
};

/** What one browser must bring back. */
export type Begun = { readonly url: string; readonly state: string; readonly nonce: string; readonly verifier: string };

/** Who the provider says it is. Names are as it gives them and prove nothing: `issuer` and `subject` together are the identity. */
export type Identity = {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly groups: readonly string[];
};

/** Signing in elsewhere: https://openid.net/specs/openid-connect-core-1_0.html, code flow with PKCE (https://www.rfc-editor.org/rfc/rfc7636). */
export type OpenIdClient = {
  begin(redirectUri: string): Promise<Begun>;
  /** Redeems what the browser brought back. Throws whenever anything is not exactly as begun, signed and meant for us. */
  finish(address: URL, begun: Omit<Begun, 'url'>): Promise<Identity>;
};

const longestIdToken = 8 * 1024;
const clockSkewSeconds = 60;

const Claims = z.object({
  iss: z.string().min(1).max(300),
  sub: z.string().min(1).max(255),
  azp: z.string().optional(),
  name: z.string().max(200).optional(),
  email: z.string().max(250).optional(),
});
const Groups = z.array(z.string().max(300)).max(2000);

/** A client of one provider; what the provider says of itself is asked for once, and again after a failure. */
export function openIdClient(settings: OpenIdSettings): OpenIdClient {
  let asked: Promise<openid.Configuration> | null = null;
  const known = (): Promise<openid.Configuration> => {
    asked ??= discovered(settings).catch((cause: unknown) => {
      asked = null;
      throw cause;
    });
    return asked;
  };
  return {
    async begin(redirectUri) {
      const [state, nonce, verifier] = [openid.randomState(), openid.randomNonce(), openid.randomPKCECodeVerifier()];
      const url = openid.buildAuthorizationUrl(await known(), {
        redirect_uri: redirectUri,
        scope: settings.scopes.join(' '),
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { url: url.href, state, nonce, verifier };
    },
    async finish(address, { state, nonce, verifier }) {
      const tokens = await openid.authorizationCodeGrant(await known(), address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      if ((tokens.id_token ?? '').length > longestIdToken) throw new Error('The identity is longer than 8 KB.');
      const claims = tokens.claims();
      const { iss, sub, azp, name, email } = Claims.parse(claims);
      // The library looks at this only where there are several audiences.
      if (azp !== undefined && azp !== settings.clientId) throw new Error('The identity was made for another client.');
      const groups = Groups.safeParse(claims?.[settings.groupsClaim]);
      return { issuer: iss, subject: sub, name: name ?? null, email: email ?? null, groups: groups.success ? groups.data : [] };
    },
  };
}

async function discovered({ issuer, clientId, clientSecret, signedBy, http }: OpenIdSettings): Promise<openid.Configuration> {
  const server = new URL(issuer);
  const isLocal = server.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(server.hostname);
  const send = fetchThrough({ ...http, configuredHosts: [server.host, ...(http.configuredHosts ?? [])] });
  return openid.discovery(
    server,
    clientId,
    { id_token_signed_response_alg: signedBy, [openid.clockTolerance]: clockSkewSeconds },
    clientSecret === null ? openid.None() : openid.ClientSecretBasic(clientSecret),
    {
      [openid.customFetch]: (url, { method, headers, body }) => send(url, { method, headers: { ...headers }, body: bytesOf(body) }),
      // The signature is checked although the answer comes by TLS: it binds the identity to the provider's keys.
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so only to stand out; a provider on this machine is reached without TLS
      execute: [openid.enableNonRepudiationChecks, ...(isLocal ? [openid.allowInsecureRequests] : [])],
    },
  );
}

function bytesOf(body: openid.FetchBody): Uint8Array | null {
  if (body === null || body === undefined) return null;
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof URLSearchParams) return Buffer.from(body.toString());
  if (body instanceof Uint8Array) return body;
  throw new Error('The library sends a body of a kind that it did not before. Pin its version.');
}
