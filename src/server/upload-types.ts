import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** Media types a file may be sent as; what it is, its bytes say. */
export const uploadTypes: readonly string[] = [
  'application/json',
  'application/vnd.cyclonedx+json',
  'application/spdx+json',
  'application/xml',
  'text/xml',
  'application/vnd.cyclonedx+xml',
  'text/plain',
  'text/csv',
  'application/octet-stream',
];

/** Hands bodies on as they come in; any other media type is answered with 415. */
export function takesUploads(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser([...uploadTypes], (_, body: Readable, done) => {
    done(null, body);
  });
}
