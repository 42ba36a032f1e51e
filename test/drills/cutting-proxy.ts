import net from 'node:net';

/** Stands between a program and its PostgreSQL, and breaks every connection between two messages of its choice. */
export type CuttingProxy = {
  /** What the program connects to. */
  readonly url: string;
  /** From now on lets this many messages pass, either way, then breaks every connection there is; later ones are left alone. Null never breaks one. */
  cutAfter(messages: number | null): void;
  /** Whether it has broken connections since `cutAfter`. */
  hasCut(): boolean;
  close(): Promise<void>;
};

/** Opens one before the server of a URL. */
export async function openCuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  const target = new URL(databaseUrl);
  const pairs = new Set<readonly [net.Socket, net.Socket]>();
  let left: number | null = null;
  let cut = false;
  const pass = (to: net.Socket, message: Buffer): void => {
    if (left === 0) {
      left = null;
      cut = true;
      for (const sockets of pairs) for (const socket of sockets) socket.destroy();
      return;
    }
    if (left !== null) left -= 1;
    if (!to.destroyed) to.write(message);
  };
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(target.port), target.hostname);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    const fromClient = framed('untyped first', (message) => pass(upstream, message));
    const fromServer = framed('all typed', (message) => pass(client, message));
    client.on('data', fromClient);
    upstream.on('data', fromServer);
    for (const socket of pair) {
      socket.setNoDelay();
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        for (const each of pair) each.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    cutAfter(messages) {
      left = messages;
      cut = false;
    },
    hasCut: () => cut,
    async close() {
      for (const sockets of pairs) for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Takes bytes as they come and gives whole messages: a type, but for a client's first one, a length of four bytes that counts itself, and the rest. */
function framed(kind: 'untyped first' | 'all typed', give: (message: Buffer) => void): (bytes: Buffer) => void {
  let waiting: Buffer = Buffer.alloc(0);
  let typeBytes = kind === 'untyped first' ? 0 : 1;
  return (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    while (waiting.length >= typeBytes + 4) {
      const end = typeBytes + waiting.readUInt32BE(typeBytes);
      if (waiting.length < end) return;
      give(waiting.subarray(0, end));
      waiting = waiting.subarray(end);
      typeBytes = 1;
    }
  };
}
