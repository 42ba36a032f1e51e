// Writes docs/reference/ from what the program itself knows; `--check` compares instead and exits 1 when a page differs. A new page is a new entry in `pages`.
import fs from 'node:fs';
import path from 'node:path';
import { formats } from '#formats/all.ts';

type Page = { readonly file: string; readonly text: () => string };

const root = path.resolve(import.meta.dirname, '..');
const pages: readonly Page[] = [{ file: 'formats.md', text: formatsPage }];

const check = process.argv.includes('--check');
let differ = 0;
for (const page of pages) {
  const file = path.join(root, 'docs', 'reference', page.file);
  const wanted = `<!-- Written by tools/write-reference.ts. Do not edit. -->\n\n${page.text()}`;
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === wanted) continue;
  if (check) {
    differ += 1;
    process.stderr.write(`docs/reference/${page.file} is out of date: run npm run gen.\n`);
  } else {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, wanted);
  }
}
process.exitCode = differ === 0 ? 0 : 1;

function formatsPage(): string {
  const kinds = [
    ['lockfile', 'Lockfiles'],
    ['manifest', 'Manifests'],
    ['sbom', 'Software bills of materials'],
    ['ownership', 'Who owns what'],
  ] as const;
  const sections = kinds.map(([kind, title]) => {
    const entries = formats
      .filter((format) => format.kind === kind)
      .map((format) => {
        const ecosystems = format.ecosystems.length === 0 ? '' : ` · ${format.ecosystems.join(', ')}`;
        return [
          `### \`${format.id}\` ${format.title}`,
          `Version ${format.version}${ecosystems} · [specification](${format.spec})`,
          `* **Reads:** ${format.reads}\n* **Cannot see:** ${format.cannotSee}`,
        ].join('\n\n');
      });
    return [`## ${title}`, ...entries].join('\n\n');
  });
  return ['# File formats', 'What this build reads, as `guildhall formats` says it. The id goes after `--as`.', ...sections].join('\n\n') + '\n';
}
