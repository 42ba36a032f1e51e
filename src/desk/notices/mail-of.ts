import type { Message } from './notice.ts';

/** A message as mail: plain text, and the same as HTML that fetches nothing. `office` is where people reach the office; null leaves links out. */
export function mailOf(message: Message, office: string | null): { readonly subject: string; readonly text: string; readonly html: string } {
  const link = (page: string): string | null => (office === null ? null : `${office.replace(/\/+$/, '')}${page}`);
  const more = message.more === 0 ? null : `and ${String(message.more)} more`;
  const text = [
    message.title,
    '',
    ...message.lines.flatMap((line) => [`- ${line.text}`, ...(link(line.page) === null ? [] : [`  ${link(line.page) ?? ''}`])]),
    ...(more === null ? [] : [more]),
    ...(link(message.page) === null ? [] : ['', `All of it: ${link(message.page) ?? ''}`]),
    '',
  ].join('\n');
  const linked = (words: string, page: string): string => {
    const href = link(page);
    return href === null ? inHtml(words) : `<a href="${inHtml(href)}">${inHtml(words)}</a>`;
  };
  const html = [
    '<!doctype html><html lang="en"><meta charset="utf-8"><body style="font-family:sans-serif;font-size:14px">',
    `<p><strong>${inHtml(message.title)}</strong></p><ul>`,
    ...message.lines.map((line) => `<li>${linked(line.text, line.page)}</li>`),
    '</ul>',
    ...(more === null ? [] : [`<p>${more}</p>`]),
    `<p>${linked('All of it in the office', message.page)}</p></body></html>`,
  ].join('\n');
  return { subject: `[Guildhall] ${message.title}`, text, html };
}

/** Text with nothing in it that HTML would take for markup. */
export function inHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${String(char.charCodeAt(0))};`);
}
