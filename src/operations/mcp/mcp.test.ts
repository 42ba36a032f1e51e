import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigurationError } from '../configuration-error.ts';
import { mcpServer } from './mcp-server.ts';
import { serveMcp } from './serve-mcp.ts';
import { tool } from './tool.ts';

const input = z.strictObject({ word: z.string() });
const server = mcpServer([
  tool({ name: 'say', title: 'Say', description: 'Says it.', input, call: ({ word }) => Promise.resolve({ word }) }),
  tool({ name: 'away', title: 'Away', description: 'Is away.', input, call: () => Promise.reject(new ConfigurationError('It is away.')) }),
  tool({ name: 'broken', title: 'Broken', description: 'Breaks.', input, call: () => Promise.reject(new Error('secret')) }),
]);

async function said(text: string): Promise<readonly unknown[]> {
  const output = new PassThrough();
  await serveMcp(server, Readable.from(text === '' ? [] : [Buffer.from(text)]), output);
  output.end();
  const lines = (await output.toArray())
    .map(String)
    .join('')
    .split('\n')
    .filter((each) => each !== '');
  return lines.map((each): unknown => JSON.parse(each));
}
const line = (method: string, params: object = {}, id: unknown = 1): string => `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;
const error = (code: number, id: unknown = 1) => [{ jsonrpc: '2.0', id, error: { code } }];

describe('a client of the Model Context Protocol', () => {
  it.each<[name: string, sent: string, answers: readonly object[]]>([
    ['is spoken to in its version', line('initialize', { protocolVersion: '2025-03-26' }), [{ result: { protocolVersion: '2025-03-26' } }]],
    [
      'of an unknown version is offered the newest',
      line('initialize', { protocolVersion: '1999-01-01' }),
      [{ result: { protocolVersion: '2025-11-25' } }],
    ],
    ['that says no version', line('initialize'), error(-32602)],
    ['sends notifications, which nobody answers', '{"jsonrpc":"2.0","method":"notifications/initialized"}\n', []],
    ['sends answers that nobody asked for', '{"jsonrpc":"2.0","id":3,"result":{}}\n', []],
    ['asks whether anybody is there', line('ping', {}, 'a'), [{ id: 'a', result: {} }]],
    [
      'sees the tools with their inputs',
      line('tools/list'),
      [{ result: { tools: [{ name: 'say', inputSchema: { type: 'object', required: ['word'] } }, {}, {}] } }],
    ],
    [
      'calls one',
      line('tools/call', { name: 'say', arguments: { word: 'hi' } }),
      [{ result: { structuredContent: { word: 'hi' }, isError: false } }],
    ],
    ['calls one that is not there', line('tools/call', { name: 'rm', arguments: {} }), error(-32602)],
    ['calls one with what it does not take', line('tools/call', { name: 'say', arguments: { word: 1 } }), error(-32602)],
    [
      'is told why there is no answer',
      line('tools/call', { name: 'away', arguments: { word: '' } }),
      [{ result: { isError: true, content: [{ text: 'It is away.' }] } }],
    ],
    ['is not told what went wrong inside', line('tools/call', { name: 'broken', arguments: { word: '' } }), error(-32603)],
    ['asks for what is not there', line('resources/list'), error(-32601)],
    ['sends something else', '{"id":7}\n', error(-32600, 7)],
    ['sends many at once', `[${line('ping').trim()}]\n`, error(-32600, null)],
    ['sends what is no JSON, and goes on', `{{{\n\u0000\n${line('ping')}`, [...error(-32700, null), ...error(-32700, null), { id: 1, result: {} }]],
    ['sends a line without end', line('ping').trim(), [{ id: 1, result: {} }]],
    ['sends a line that is too long, and goes on', `"${'x'.repeat(1_100_000)}"\n${line('ping')}`, [...error(-32700, null), { id: 1, result: {} }]],
    ['sends nothing', '', []],
  ])('%s', async (_, sent, answers) => {
    expect(await said(sent)).toMatchObject(answers);
  });

  it('gets nothing that controls a terminal or turns text around', async () => {
    const output = await server(line('tools/call', { name: 'say', arguments: { word: 'a\u001b[31m\u202eb\u2028' } }));
    expect(output).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u);
    expect(JSON.parse(output ?? '')).toMatchObject({ result: { structuredContent: { word: 'a\u001b[31m\u202eb\u2028' } } });
  });
});
