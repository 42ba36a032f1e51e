import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { imageDocument } from '#operations/image-document.ts';
import { print, say } from '../terminal.ts';

/** `image`: what is taken out of an image, to be sent as an SBOM is. */
export function addImage(program: Command): void {
  const image = program.command('image').description('what is taken out of a container image or a root file system');
  image
    .command('contents')
    .description('write what the packages of an image are read from, as one document that POST /v1/sboms takes')
    .argument('<image>', 'docker save archive, OCI layout (folder or tar) or root file system')
    .option('--name <name>', 'which image, where there are several: ghcr.io/acme/api:1.2')
    .option('--platform <platform>', 'which platform, where there are several: linux/arm64')
    .option('--out <file>', 'file to write to; stdout where nothing is said')
    .action(async (at: string, options: { readonly name?: string; readonly platform?: string; readonly out?: string }) => {
      const { contents, images, problems } = await imageDocument(at, options.name ?? null, options.platform ?? null);
      for (const { message, code } of problems) say(`${at}: ${message} [${code}]`);
      for (const { name, platforms } of images) say(`${name ?? 'an image without a name'}: ${platforms.join(', ')}`);
      process.exitCode = contents === null ? 1 : 0;
      if (contents === null) return;
      if (options.out === undefined) print(Buffer.from(contents).toString());
      else writeFileSync(options.out, contents);
    });
}
