import { describe, expect, it } from 'vitest';
import { parsePeople } from './people-csv.ts';

const read = (text: string, mapping = '') => {
  const { rows, rejected, problems } = parsePeople(Buffer.from(text), mapping);
  return {
    rows: rows.map(({ line, cells }) => [line, cells]),
    rejected,
    problems: problems.map(({ code, line }) => `${code}:${String(line ?? '-')}`),
  };
};

describe('people in CSV', () => {
  it.each([
    ['by names of columns in any case', 'User name,E-Mail\nada,\n', '', [[2, { 'user name': 'ada', 'e-mail': null }]], []],
    ['with semicolons', 'user name;team\nada;a\n', '', [[2, { 'user name': 'ada', team: 'a' }]], []],
    ['with a mapping', 'login,squad\nada,a\n', 'user name=Login,team=squad', [[2, { 'user name': 'ada', team: 'a' }]], []],
    ['a formula as text', "user name,name\nada,'=1+1\n", '', [[2, { 'user name': 'ada', name: '=1+1' }]], []],
    ['a job role', 'user name,role\nada,boss\n', '', [[2, { 'user name': 'ada', role: 'boss' }]], []],
    ['without columns it does not know', 'user name,salary\nada,boss\n', '', [[2, { 'user name': 'ada' }]], ['unknown-column:1']],
    ['no row that names nobody', 'user name,name\n,Ada\n', '', [], ['bad-row:2']],
    ['no control character', 'user name,name\nada,A\u001b[2J\nbob,B\n', '', [[3, { 'user name': 'bob', name: 'B' }]], ['bad-row:2']],
    ['no day that there is not', 'user name,leaver date\nada,2027-02-30\n', '', [], ['bad-row:2']],
    ['no address that is none', 'e-mail\nada at home\n', '', [], ['bad-row:2']],
    ['no user name of two words', 'user name\nada b\n', '', [], ['bad-row:2']],
    ['nothing that is too long', `user name\n${'a'.repeat(101)}\n`, '', [], ['bad-row:2']],
    ['no file without a way to tell people apart', 'name\nAda\n', '', [], ['no-column:-']],
    ['no unknown column of a mapping', 'user name\nada\n', 'salary=x', [], ['bad-mapping:-']],
    ['no mapping to what is not there', 'user name\nada\n', 'team=squad', [], ['no-column:-']],
    ['no empty file', '', '', [], ['no-column:-']],
  ])('takes %s', (_, text, mapping, rows, problems) => {
    expect(read(text, mapping)).toEqual({ rows, rejected: problems.filter((each) => each.startsWith('bad-row')).length, problems });
  });

  it('takes no bytes that are no text, and no more than 20,000 rows', () => {
    expect(parsePeople(Buffer.from([0x80, 0x81]), '').problems[0]?.code).toBe('not-text');
    expect(read(`user name\n${'ada\n'.repeat(20_001)}`)).toEqual({ rows: [], rejected: 0, problems: ['too-many-rows:-'] });
  });
});
