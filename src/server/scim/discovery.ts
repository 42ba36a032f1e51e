import type { Attribute, Resource, ResourceSchema } from '#language/scim/attributes.ts';
import { enterpriseUrn, groupSchema, groupUrn, userSchema, userUrn } from './scim-schemas.ts';

/** Most resources that one answer holds. */
export const mostResults = 200;

/** What this office can do of SCIM (https://www.rfc-editor.org/rfc/rfc7643#section-5). */
export function providerConfig(base: string): Resource {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: mostResults },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: true },
    authenticationSchemes: [
      { type: 'oauthbearertoken', name: 'API token', description: 'A token of this office with the scope people:provision.', primary: true },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  };
}

/** The kinds of resource that are kept (https://www.rfc-editor.org/rfc/rfc7643#section-6). */
export function resourceTypes(base: string): readonly Resource[] {
  const type = (id: string, endpoint: string, description: string, schema: string, extensions: readonly string[]): Resource => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    ...{ id, name: id, endpoint, description, schema },
    schemaExtensions: extensions.map((each) => ({ schema: each, required: false })),
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${id}` },
  });
  return [
    type('User', '/Users', 'People of the firm', userUrn, [enterpriseUrn]),
    type('Group', '/Groups', 'Teams; they give no roles', groupUrn, []),
  ];
}

/** What is kept of each kind (https://www.rfc-editor.org/rfc/rfc7643#section-7). */
export function schemas(base: string): readonly Resource[] {
  const schema = (id: string, name: string, description: string, attributes: readonly Attribute[]): Resource => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    ...{ id, name, description },
    // Ids and meta belong to every resource and are described by SCIM itself.
    attributes: attributes.filter((each) => !['id', 'externalId', 'meta'].includes(each.name)).map(described),
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
  });
  const enterprise = userSchema.extension?.attributes ?? [];
  const own = ({ attributes }: ResourceSchema): readonly Attribute[] => attributes;
  return [
    schema(userUrn, 'User', 'What is kept of people', own(userSchema)),
    schema(enterpriseUrn, 'EnterpriseUser', 'Where people belong in the firm', enterprise),
    schema(groupUrn, 'Group', 'What is kept of teams', own(groupSchema)),
  ];
}

function described({ name, type, description, multiValued, required, caseExact, mutability, uniqueness, sub }: Attribute): Resource {
  return {
    ...{ name, type, description, multiValued: multiValued ?? false, required: required ?? false, caseExact: caseExact ?? false },
    ...{ mutability: mutability ?? 'readWrite', returned: 'default', uniqueness: uniqueness ?? 'none' },
    ...(type === 'reference' ? { referenceTypes: ['User', 'Group'] } : {}),
    ...(sub === undefined ? {} : { subAttributes: sub.map(described) }),
  };
}
