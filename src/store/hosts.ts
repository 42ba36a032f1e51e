/**
 * One URL for each host of a PostgreSQL URL that names several (`postgres://user@one:5432,two:5432/guildhall`, as libpq takes it), in their order:
 * the driver itself knows only one. Those without a port get the default.
 */
export function urlsOf(databaseUrl: string): readonly string[] {
  const parts = /^(postgres(?:ql)?:\/\/)([^/?#]*@)?([^/?#@]*)(.*)$/s.exec(databaseUrl);
  if (parts === null) return [databaseUrl];
  const [, scheme = '', user = '', hosts = '', rest = ''] = parts;
  return hosts.split(',').map((host) => `${scheme}${user}${host}${rest}`);
}
