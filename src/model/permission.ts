/** Everything that somebody may be allowed to do. `session` is anyone who is signed in. */
export type Permission =
  | 'session'
  | 'estate:read'
  | 'findings:read'
  | 'sources:read'
  | 'sboms:write'
  | 'views:write'
  | 'views:share'
  | 'ledger:read'
  | 'findings:propose'
  | 'findings:decide'
  | 'findings:approve';
