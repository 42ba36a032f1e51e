/** URL of the remote `origin` in the text of a repository's configuration, as written; null when there is none. Includes and rewrites are not followed. */
export function remoteOriginUrl(config: string): string | null {
  let inside = false;
  for (const line of config.split('\n').slice(0, 100_000)) {
    const trimmed = line.trim();
    if (trimmed.startsWith('[')) inside = /^\[\s*remote\s+"origin"\s*\]/i.test(trimmed);
    const value = inside ? /^(?:\[[^\]]*\]\s*)?url\s*=\s*(.*)$/i.exec(trimmed)?.[1] : undefined;
    if (value !== undefined) return unquoted(value);
  }
  return null;
}

function unquoted(value: string): string | null {
  const text = /^"((?:[^"\\]|\\.)*)"/.exec(value)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? value.replace(/\s[#;].*$/, '');
  return text.trim() === '' ? null : text.trim();
}
