import { describe, expect, it } from 'vitest';
import css from './tokens.css?raw';

const states = ['critical', 'high', 'medium', 'low', 'ok', 'unknown'];
const texts: readonly (readonly [ink: string, ground: string])[] = [
  ...['text', 'text-2', 'text-3', 'accent'].flatMap((ink) => ['bg', 'surface', 'sunken', 'accent-bg'].map((ground) => [ink, ground] as const)),
  ...states.flatMap((state) => ['surface', `${state}-bg`, 'accent-bg', 'bg'].map((ground) => [`${state}-ink`, ground] as const)),
  ...[0, 1, 2, 3, 4].map((step) => [`r${step}-ink`, `r${step}`] as const),
  ['on-accent', 'accent-solid'],
];
const shapes: readonly (readonly [ink: string, ground: string])[] = [
  ...states.map((state) => [`${state}-fill`, 'surface'] as const),
  ['control', 'surface'],
  ['accent', 'surface'],
];

describe.each([
  ['light', /:root,\s*\[data-mantine-color-scheme='light'\] \{([^}]*)\}/],
  ['dark', /\n\[data-mantine-color-scheme='dark'\] \{([^}]*)\}/],
])('the colours of the %s theme', (_theme, block) => {
  const tokens = tokensOf(block.exec(css)?.[1] ?? '');

  it.each(texts)('lets --%s be read on --%s', (ink, ground) => {
    expect(contrast(tokens.get(ink), tokens.get(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(shapes)('lets a shape in --%s be seen on --%s', (ink, ground) => {
    expect(contrast(tokens.get(ink), tokens.get(ground))).toBeGreaterThanOrEqual(3);
  });
});

function tokensOf(block: string): Map<string, string> {
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

/** Contrast ratio of WCAG 2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio; 0 when a colour is missing, so that the test fails. */
function contrast(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return 0;
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const linear = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}
