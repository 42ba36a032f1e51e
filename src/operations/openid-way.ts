import { readFileSync } from 'node:fs';
import type { OpenIdClient } from '#outbound/openid.ts';
import type { Configuration } from './configuration.ts';
import type { OfficePlace } from './open-office.ts';
import type { OpenIdPeople } from './openid-people.ts';
import { remoteAccessOf } from './remote-access.ts';

/** A provider at which people sign in. */
export type OpenIdWay = {
  readonly name: string;
  readonly issuer: string;
  readonly people: OpenIdPeople;
  readonly client: () => Promise<OpenIdClient>;
};

/** The provider that the configuration names; null when it names none. */
export function openIdWay(configuration: Configuration, place: OfficePlace): OpenIdWay | null {
  const { oidc } = configuration.auth;
  if (oidc === undefined) return null;
  const { issuer, clientId, clientSecret = null, name, scopes, signedBy, groupsClaim, groups, unknownPeople } = oidc;
  const { proxy, caFile } = remoteAccessOf(configuration, place);
  const http = { proxy, ...(caFile === null ? {} : { ca: [readFileSync(caFile, 'utf8')] }) };
  let client: Promise<OpenIdClient> | null = null;
  return {
    name,
    issuer,
    people: { groups, unknownPeople },
    client: () => {
      // Loaded when somebody signs in: an office without a provider needs none of it.
      client ??= import('#outbound/openid.ts').then(({ openIdClient }) =>
        openIdClient({ issuer, clientId, clientSecret, signedBy, scopes, groupsClaim, http }),
      );
      return client;
    },
  };
}
