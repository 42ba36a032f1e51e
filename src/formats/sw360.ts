import type { Format, InputFile } from '#model/format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { asArray, asObject, asString, readJson, readJsonText } from '#language/readers/json.ts';
import { approvalList } from './shared/approval.ts';
import { licencesJoined } from './shared/named-package.ts';
import { problemLog } from './shared/problem-log.ts';

/**
 * Releases of SW360 with their clearing state, as its REST API lists them (`GET /api/releases?allDetails=true`): `APPROVED` is an approval, wherever it is used.
 * The states are those of `ClearingState`, the package stands in `externalIds` under `package-url`.
 */
export const sw360: Format = {
  id: 'sw360',
  version: 1,
  title: 'SW360 releases',
  kind: 'approvals',
  ecosystems: [],
  family: null,
  spec: 'https://eclipse.dev/sw360/docs/administrationguide/user-data-model-enumerations/',
  reads: 'Releases whose clearing is approved, with their main licences, by the package URL among their external ids.',
  cannotSee: 'Releases without a package URL, clearing requests, who cleared a release and when, and in which projects it may be used.',
  matchesPath: (path) => /(?:^|[/._-])sw360[^/]*\.json$/i.test(path),
  parse: readReleases,
};

function readReleases(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readJson(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const releases = Array.isArray(read.value) ? read.value : asObject(asObject(read.value)?.['_embedded'])?.['sw360:releases'];
  if (!Array.isArray(releases)) {
    log.error('not-this-format', 'The file is JSON but no list of releases: it has no `_embedded` with `sw360:releases`.');
    return unread(...log.problems());
  }
  const list = approvalList(log);
  for (const [index, each] of asArray(releases).entries()) {
    const [release, where] = [asObject(each) ?? {}, `Entry ${String(index + 1)}`];
    const state = asString(release['clearingState']);
    if (state !== 'APPROVED') {
      list.leaveOut(state === null ? 'releases without a clearing state' : `releases whose clearing is ${state.slice(0, 60)}`);
      continue;
    }
    const purls = purlsOf(asObject(release['externalIds']) ?? {});
    const called = `${asString(release['name']) ?? ''} ${asString(release['version']) ?? ''}`.trim().slice(0, 200);
    if (purls.length === 0) log.warning('no-package', `${where}: ${called} has no package URL among its external ids, so it was left out.`);
    for (const purl of purls)
      list.add(
        {
          says: 'approved',
          package: purl,
          licence: licencesJoined(asArray(release['mainLicenseIds']).flatMap((licence) => asString(licence) ?? [])),
          everywhere: true,
          reason: `Cleared: ${called}`,
        },
        where,
      );
  }
  return list.result();
}

/** One purl, or several as a list or as text that holds a list. */
function purlsOf(ids: Readonly<Record<string, unknown>>): readonly string[] {
  const written = ids['package-url'] ?? ids['purl'];
  if (Array.isArray(written)) return written.flatMap((each) => asString(each) ?? []);
  const text = asString(written)?.trim() ?? '';
  const read = text.startsWith('[') ? readJsonText(text) : null;
  if (read?.ok === true) return asArray(read.value).flatMap((each) => asString(each) ?? []);
  return text === '' ? [] : [text];
}
