import { z } from 'zod';
import { roleIds } from '#desk/access/roles.ts';
import { signatures } from '#outbound/signatures.ts';

/** Signing in at an OpenID Connect provider. */
const Oidc = z.strictObject({
  /** Its issuer, exactly as it writes it. */
  issuer: z.url().refine((url) => isSafeIssuer(url), 'An issuer is reached by https, or on this machine.'),
  clientId: z.string().min(1),
  /** As `${ENV}` or `file:…`; a public client has none. */
  clientSecret: z.string().min(1).optional(),
  /** What the button says: "Sign in with …". */
  name: z.string().min(1).max(60).default('single sign-on'),
  scopes: z.array(z.string().min(1)).default(['openid', 'profile', 'email']),
  signedBy: z.enum(signatures).default('RS256'),
  groupsClaim: z.string().min(1).default('groups'),
  /** What belonging to a group means here: a team, a role, or both. */
  groups: z.array(z.strictObject({ group: z.string().min(1), team: z.string().min(1).optional(), role: z.enum(roleIds).optional() })).default([]),
  unknownPeople: z.enum(['create', 'refuse']).default('refuse'),
});

/** How people sign in, as `auth` in the configuration says it. */
export const Auth = z.strictObject({
  /** Whether people may sign in with a password kept here. */
  passwords: z.boolean().default(true),
  oidc: Oidc.optional(),
});
export type Auth = z.infer<typeof Auth>;

/** The same with its secret filled in by `secretOf`, which is told the secret's text and name. */
export function authWithSecrets(auth: Auth, secretOf: (text: string, name: string) => string): Auth {
  const { oidc } = auth;
  if (oidc?.clientSecret === undefined) return auth;
  return { ...auth, oidc: { ...oidc, clientSecret: secretOf(oidc.clientSecret, 'auth.oidc.clientSecret') } };
}

function isSafeIssuer(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}
