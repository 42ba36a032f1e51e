/** Host and path of a Git repository's address, `github.com/apple/swift-nio`, without `.git`; null when the text is no address with both. */
export function gitPlace(address: string): string | null {
  const found =
    /^(?:git\+)?(?:https?|ssh|git):\/\/(?:[^/@\s]*@)?([^/:@\s]{1,253})(?::\d{1,5})?\/(\S+)$/i.exec(address) ??
    /^(?:[^/@\s]+@)?([\w.-]{1,253}):(?!\/)(\S+)$/.exec(address);
  const host = found?.[1];
  const path = found?.[2]
    ?.split('/')
    .filter((part) => part !== '')
    .join('/')
    .replace(/\.git$/, '');
  return host === undefined || path === undefined || path === '' ? null : `${host.toLowerCase()}/${path}`;
}
