/** How far an upgrade goes, by the place of the first number that differs. */
export type Jump = {
  /** `major` too where the first number is 0 and the second differs, since 0.x promises nothing from one to the next. */
  readonly size: 'patch' | 'minor' | 'major';
  /** By how much the first number rises. */
  readonly majors: number;
};

/** The jump from one version to a later one; null where either has no leading number. An epoch (`1!2.0`) that differs is a major. */
export function jumpOf(from: string, to: string): Jump | null {
  const [before, after] = [numbersOf(from), numbersOf(to)];
  if (before === null || after === null) return null;
  if (before.epoch !== after.epoch) return { size: 'major', majors: 1 };
  const [major, minor] = before.numbers;
  const [nextMajor, nextMinor] = after.numbers;
  if (major !== nextMajor) return { size: 'major', majors: Math.max(0, nextMajor - major) };
  if (minor === nextMinor) return { size: 'patch', majors: 0 };
  return { size: major === 0 ? 'major' : 'minor', majors: 0 };
}

function numbersOf(version: string): { readonly epoch: number; readonly numbers: readonly [major: number, minor: number] } | null {
  const found = /^v?(?:(\d{1,9})[!:])?(\d{1,9})(?:\.(\d{1,9}))?/i.exec(version);
  if (found === null) return null;
  return { epoch: Number(found[1] ?? 0), numbers: [Number(found[2]), Number(found[3] ?? 0)] };
}
