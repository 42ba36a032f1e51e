import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { linesOf } from './lines.ts';
import type { McpServer } from './mcp-server.ts';

/** Answers a client line by line until it has nothing more to ask; questions are answered as they are, not one after the other. */
export async function serveMcp(server: McpServer, input: AsyncIterable<Uint8Array>, output: Writable): Promise<void> {
  const underWay = new Set<Promise<void>>();
  for await (const line of linesOf(input)) {
    const answered = server(line).then(async (answer) => {
      if (answer !== null && !output.write(`${answer}\n`)) await once(output, 'drain');
    });
    underWay.add(answered);
    void answered.finally(() => underWay.delete(answered)).catch(() => undefined);
    if (underWay.size >= mostAtOnce) await Promise.race(underWay);
  }
  await Promise.all(underWay);
}

const mostAtOnce = 8;
