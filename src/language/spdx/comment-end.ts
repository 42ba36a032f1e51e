/** A line without the end of a comment (`*` and a slash) that stands at its end. By hand, since an expression for it tries every star of a long row as the first. */
export function withoutCommentEnd(line: string): string {
  const text = line.trimEnd();
  if (!text.endsWith('*/')) return line;
  let end = text.length - 1;
  while (text.charCodeAt(end - 1) === 0x2a) end -= 1;
  return text.slice(0, end);
}
