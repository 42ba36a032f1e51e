import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { redactBytes, redactedChunks, redactText } from './redact.ts';

it.each([
  ['https://user:secret@host.example/x.tgz', 'https://redacted@host.example/x.tgz'],
  ['https://0123456789abcdef0123456789abcdef@host.example/x', 'https://redacted@host.example/x'],
  ['git+ssh://git@github.com/a/b.git', 'git+ssh://git@github.com/a/b.git'],
  [`token ghp_${'a'.repeat(36)} end`, 'token redacted end'],
  [
    '"@scope/name": "https://registry.example/@scope/name/-/name-1.0.0.tgz"',
    '"@scope/name": "https://registry.example/@scope/name/-/name-1.0.0.tgz"',
  ],
])('%s is kept as %s', (text, expected) => {
  expect(redactText(text)).toBe(expected);
});

it('bytes that hold no credential are kept as they are, also when they are no text', () => {
  const bytes = new Uint8Array([0, 255, 128, 10]);
  expect(redactBytes(bytes)).toBe(bytes);
  expect(Buffer.from(redactBytes(Buffer.from('é https://u:p@h/'))).toString()).toBe('é https://redacted@h/');
});

it('a credential that is cut by the end of a piece is found all the same', async () => {
  const text = JSON.stringify({
    components: [{ url: 'https://user:secret@host.example/x.tgz', name: `npm_${'a'.repeat(36)}` }],
    other: 'é'.repeat(10_000),
  });
  const bytes = Buffer.from(text);
  for (const size of [1, 7, 64, 5000]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
    const kept = Buffer.concat(await Array.fromAsync(redactedChunks(Readable.from(pieces))));
    expect(kept.toString()).toBe(redactText(text));
  }
});
