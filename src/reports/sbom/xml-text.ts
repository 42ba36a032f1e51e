/** Text between tags. What XML cannot hold becomes U+FFFD; a carriage return is written as a reference, since a parser would make a line break of it. */
export function xmlText(text: string): string {
  return /[^\n\t -%'-;=?-\uD7FF]/.test(text) ? escaped(text, /[&<>\r]/g) : text;
}

/** Attributes with a space in front of each. */
export function xmlAttributes(attributes: Readonly<Record<string, string>>): string {
  let written = '';
  for (const [name, value] of Object.entries(attributes)) {
    written += ` ${name}="${/[^ !#-%'-;=?-\uD7FF]/.test(value) ? escaped(value, /[&<>"\r\n\t]/g) : value}"`;
  }
  return written;
}

function escaped(text: string, signs: RegExp): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(signs, (sign) => named[sign] ?? `&#${String(sign.charCodeAt(0))};`);
}

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
