/** The value where it is text with more than space in it, trimmed; null for anything else. */
export function filledText(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
}
