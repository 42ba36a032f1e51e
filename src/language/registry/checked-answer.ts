import { quoted, type Problem } from '#model/problem.ts';
import type { DeclaredLicence, RegistryAnswer, RegistryAsk, RegistryVersion } from '#model/registry.ts';
import { redactText } from '../redact.ts';

/** The most one answer may hold; the rest is left out, with a problem that says so. */
export const answerLimits = {
  versions: 50_000,
  versionLength: 255,
  licences: 50,
  licenceLength: 1_000,
  reasonLength: 1_000,
  asks: 300,
  retractions: 1_000,
};

/** An answer within the limits: well-formed text without control characters and credentials. What a store or a page could not hold is left out and named. */
export function checkedAnswer(answer: RegistryAnswer, limits: typeof answerLimits = answerLimits): RegistryAnswer {
  const isOdd = (text: string): boolean => text === '' || text.length > limits.versionLength || /[\p{Cc}\s]/u.test(text) || !text.isWellFormed();
  const good = answer.versions.filter(({ version }) => !isOdd(version));
  const problems: Problem[] = [...answer.problems.slice(0, 20)];
  const leave = (message: string): void => {
    problems.push({ code: 'left-out', message, severity: 'warning' });
  };
  const odd = answer.versions.find(({ version }) => isOdd(version));
  if (odd !== undefined) leave(`A version called ${quoted(odd.version, 60)} was left out.`);
  if (good.length > limits.versions) leave(`It has more than ${String(limits.versions)} versions; the rest was left out.`);
  const reasonOf = (reason: string | null): string | null => (reason === null ? null : plain(reason, limits.reasonLength));
  const warned = <T extends { readonly reason: string | null }>(warning: T | null): T | null =>
    warning === null ? null : { ...warning, reason: reasonOf(warning.reason) };
  const { latest, repository, warning, retracted } = answer;
  return {
    versions: good.slice(0, limits.versions).map((each): RegistryVersion => ({
      version: each.version,
      ...(each.released === undefined ? {} : { released: Math.trunc(each.released) }),
      ...(each.licences === undefined ? {} : { licences: licencesWithin(each.licences, limits) }),
      ...(each.warning === undefined ? {} : { warning: warned(each.warning) }),
    })),
    isWhole: answer.isWhole && good.length <= limits.versions,
    ...(latest === undefined ? {} : { latest: latest === null || isOdd(latest) ? null : latest }),
    ...(warning === undefined ? {} : { warning: warned(warning) }),
    ...(repository === undefined ? {} : { repository: repository === null || repository.length > 2_000 ? null : repository }),
    ...(retracted === undefined
      ? {}
      : {
          retracted: retracted
            .filter(({ from, until }) => !isOdd(from) && !isOdd(until))
            .slice(0, limits.retractions)
            .map((each) => warned(each) ?? each),
        }),
    asks: answer.asks.filter(isPlainAsk).slice(0, limits.asks),
    problems: problems.map((each) => ({ ...each, message: plain(each.message, 2_000) })),
  };
}

function licencesWithin(licences: readonly DeclaredLicence[], limits: typeof answerLimits): readonly DeclaredLicence[] {
  return licences.slice(0, limits.licences).map(({ field, text }) => ({ field, text: plain(text, limits.licenceLength) }));
}

/** One line of plain text. */
function plain(text: string, length: number): string {
  const one = redactText(text.slice(0, length * 2))
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .toWellFormed();
  return one.length > length ? `${one.slice(0, length)}…` : one;
}

/** A path below the registry's address: it leads neither up nor to another host, whatever the protocol made of an answer. */
function isPlainAsk({ path, of, part }: RegistryAsk): boolean {
  const isBelow =
    path.length <= 1_000 &&
    /^[A-Za-z0-9@%!~*'()+_.,;=/-]+$/.test(path) &&
    !path.startsWith('/') &&
    !path.split('/').some((each) => /^(?:\.|%2e){1,2}$/i.test(each));
  return isBelow && of.length <= 1_000 && part.length <= 50;
}
