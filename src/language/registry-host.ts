/** The host of an `http(s)` address as lockfiles write it; null when it is none. */
export function hostOf(address: string): string | null {
  const found = /^(?:git\+|registry\+|sparse\+)?https?:\/\/(?:[^/@\s]*@)?([a-z0-9.-]{1,253})(?::\d{1,5})?(?:[/?#]|$)/i.exec(address);
  return found?.[1]?.toLowerCase() ?? null;
}
