import type { Attribute, ResourceSchema } from '#language/scim/attributes.ts';

/** URNs of what is spoken here (https://www.rfc-editor.org/rfc/rfc7643#section-10.3). */
export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const text = (name: string, description: string, more: Partial<Attribute> = {}): Attribute => ({ name, type: 'string', description, ...more });
const isReadOnly = { mutability: 'readOnly' } as const;

const common: readonly Attribute[] = [
  text('id', 'Pseudonym of who or what it is; it stays for good.', { caseExact: true, ...isReadOnly }),
  text('externalId', 'How the directory names it.', { caseExact: true }),
  {
    ...{ name: 'meta', type: 'complex', description: 'When it was made and changed, and its version.', ...isReadOnly },
    sub: [
      text('resourceType', 'User or Group.', { caseExact: true, ...isReadOnly }),
      { name: 'created', type: 'dateTime', description: 'When it was first known here.', ...isReadOnly },
      { name: 'lastModified', type: 'dateTime', description: 'When it was last said anew.', ...isReadOnly },
    ],
  },
];

const reference = (name: string, description: string): Attribute => ({ name, type: 'reference', description, caseExact: true, ...isReadOnly });

/** What is kept of a user. */
export const userSchema: ResourceSchema = {
  urn: userUrn,
  attributes: [
    ...common,
    text('userName', 'What they sign in with here.', { required: true, uniqueness: 'server' }),
    {
      ...{ name: 'name', type: 'complex', description: 'The parts of the name.' },
      sub: [text('formatted', 'The whole name; displayName goes before it.'), text('familyName', 'Family name.'), text('givenName', 'Given name.')],
    },
    text('displayName', 'What they are called here.'),
    text('title', 'Job role; it allows nothing here.'),
    { name: 'active', type: 'boolean', description: 'Whether they may do anything here.' },
    {
      ...{ name: 'emails', type: 'complex', multiValued: true, description: 'Mail addresses, of which the primary one is kept.' },
      sub: [
        text('value', 'The address.'),
        text('type', 'Such as work.'),
        text('display', 'Not kept.'),
        { name: 'primary', type: 'boolean', description: 'The one that is kept.' },
      ],
    },
    {
      ...{ name: 'groups', type: 'complex', multiValued: true, description: 'Teams that a directory keeps here.', ...isReadOnly },
      sub: [
        text('value', 'Id of the group.', { caseExact: true, ...isReadOnly }),
        reference('$ref', 'Its address.'),
        text('display', 'Its name.', isReadOnly),
      ],
    },
  ],
  extension: {
    urn: enterpriseUrn,
    attributes: [
      text('department', 'Function.'),
      text('costCenter', 'Cost centre.'),
      text('organization', 'Legal entity.'),
      text('division', 'Legal entity where no organization is said.'),
      {
        ...{ name: 'manager', type: 'complex', description: 'Who leads them.' },
        sub: [
          text('value', 'Id of the user; a user name or mail address is understood, too.', { caseExact: true }),
          reference('$ref', 'Their address.'),
          text('displayName', 'Their name.', isReadOnly),
        ],
      },
    ],
  },
};

/** What is kept of a group, which is a team here. */
export const groupSchema: ResourceSchema = {
  urn: groupUrn,
  attributes: [
    ...common,
    text('displayName', 'Name of the team, as components name it.', { required: true, uniqueness: 'server' }),
    {
      ...{ name: 'members', type: 'complex', multiValued: true, description: 'Users in it; groups in groups are not taken.' },
      sub: [
        text('value', 'Id of the user.', { caseExact: true }),
        reference('$ref', 'Their address.'),
        text('display', 'Their name.', isReadOnly),
        text('type', 'User.', isReadOnly),
      ],
    },
  ],
  extension: null,
};
