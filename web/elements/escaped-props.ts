import { escapedProse } from '#language/escaped.ts';

type Props = Readonly<Record<string, unknown>>;

const shownAttributes = ['title', 'aria-label', 'alt', 'placeholder'] as const;

/**
 * The props of an element with what people read made safe: names from outside may hold bidi and control characters, which would show something else
 * than what is there (https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing). Addresses and values stay as they are.
 */
export function escapedProps(props: Props): Props {
  let safe: Record<string, unknown> | null = null;
  for (const name of shownAttributes) {
    const text = props[name];
    const shown = typeof text === 'string' ? escapedProse(text) : text;
    if (shown !== text) (safe ??= { ...props })[name] = shown;
  }
  const children = escapedChildren(props['children']);
  if (children !== props['children']) (safe ??= { ...props })['children'] = children;
  return safe ?? props;
}

/** The same children where nothing is to be escaped, so that React sees no change. */
function escapedChildren(children: unknown): unknown {
  if (typeof children === 'string') return escapedProse(children);
  if (!Array.isArray(children)) return children;
  const safe = children.map(escapedChildren);
  return safe.some((child, at) => child !== children[at]) ? safe : children;
}
