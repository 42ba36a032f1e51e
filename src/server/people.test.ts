import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { openTestServer, type TestServer } from './test-server.ts';

describe.each(testOffices())('people from CSV over HTTP, on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let server: TestServer;
  beforeAll(async () => {
    opened = await open();
    opened.office.at('2027-01-01T08:00Z');
    server = await openTestServer(opened.office);
  });
  afterAll(async () => {
    await server.close();
    await opened.drop();
  });

  it('takes them over once, and refuses what is no table, too long or asked by nobody', async () => {
    const sent = (body: string) => ({ method: 'POST', headers: { 'content-type': 'text/csv' }, body });
    const bring = (query: string, body: string) => server.ask(`/v1/people-imports${query}`, sent(body));
    const table = "user name,name,team\nada,'=cmd(),payments\n";
    const none = { added: 0, changed: 0, unchanged: 0, left: 0, rejected: 0, acts: [], problems: [] };
    expect(await (await bring('?dryRun=true', table)).json()).toEqual({ ...none, added: 1 });
    const first = await bring('', table);
    expect([first.status, await first.json()]).toEqual([201, { ...none, added: 1, acts: [1] }]);
    expect(await (await bring('', table)).json()).toEqual({ ...none, unchanged: 1 });
    expect(await (await bring('?complete=true', 'user name\nbob\n')).json()).toEqual({ ...none, added: 1, left: 1, acts: [2, 3] });
    // A name stays harmless in the table that goes out.
    expect(await (await server.ask('/v1/people?format=csv')).text()).toContain(",'=cmd(),ada,");
    expect((await bring('', 'nothing')).status).toBe(409);
    expect((await bring('', 'x'.repeat(2001))).status).toBe(413);
    expect((await fetch(`${server.url}/v1/people-imports`, sent(table))).status).toBe(401);
  });
});
