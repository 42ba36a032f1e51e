import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readYaml } from '#language/readers/yaml.ts';
import { timeOf } from '#language/vex/statement-text.ts';
import { problemLog } from './shared/problem-log.ts';
import { statementList } from './shared/statement.ts';

/** Snyk's policy file. */
export const snyk: Format = {
  id: 'snyk',
  version: 2,
  title: '.snyk',
  kind: 'statements',
  ecosystems: [],
  family: null,
  spec: 'https://docs.snyk.io/manage-risk/policies/the-.snyk-file',
  reads: 'Ignored vulnerabilities with reason and the earliest end of their paths.',
  cannotSee:
    'Ignored licence issues, which `approvals import` reads; which paths are meant, so that an entry means the component as a whole; patches; aliases of Snyk ids, which come with advisories.',
  matchesPath: (path) => /(?:^|\/)\.snyk$/.test(path),
  parse: readSnyk,
};

function readSnyk(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const [text, read] = [decodeText(file.bytes), readYaml(file.bytes)];
  if (!read.ok || !text.ok) {
    if (!read.ok) log.unreadable(read.error);
    return unread(...log.problems());
  }
  const document = asObject(read.value);
  if (document === null) {
    log.error('not-this-format', 'The file is YAML but no policy of Snyk.');
    return unread(...log.problems());
  }
  const lines = text.value.split('\n');
  const list = statementList(log);
  for (const [id, entries] of Object.entries(asObject(document['ignore']) ?? {})) {
    if (id.startsWith('snyk:lic:')) {
      log.warning('about-a-licence', `${quoted(id)} is about a licence, so it was left out: import the file as approvals, too.`);
      continue;
    }
    const paths = asArray(entries).flatMap((each) =>
      Object.entries(asObject(each) ?? {}).map(([path, said]) => ({ path, said: asObject(said) ?? {} })),
    );
    if (paths.length === 0) log.warning('no-path', `${quoted(id)} is ignored nowhere, so it was left out.`);
    else {
      const ends = paths.flatMap(({ said }) => timeOf(dateText(said['expires'])) ?? []).sort();
      const begins = paths.flatMap(({ said }) => timeOf(dateText(said['created'])) ?? []).sort();
      const reasons = [...new Set(paths.flatMap(({ said }) => asString(said['reason']) ?? []))];
      const line = lines.findIndex((each) => each.trim().replaceAll(/["']/g, '') === `${id}:`);
      list.add({
        ids: [id],
        state: 'accepted',
        detail: [...reasons, ...paths.filter(({ path }) => path !== '*').map(({ path }) => `Path: ${path}`)].join('\n'),
        at: begins[0] ?? null,
        until: ends[0] ?? null,
        line: line === -1 ? null : line + 1,
      });
    }
  }
  return list.result();
}

function dateText(value: unknown): unknown {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
}
