// Writes docs/reference/ from what the program itself knows; `--check` compares instead and exits 1 when a page differs. A new page is a new entry in `pages`.
import fs from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { commandLine } from '#cli/program.ts';
import { rules } from '#analysis/rules/all.ts';
import { builtInPolicy, useOf } from '#desk/policy/policy.ts';
import { formats } from '#formats/all.ts';
import { formatKinds } from '#model/format.ts';
import { sbomWriters } from '#reports/sbom/sbom-writers.ts';
import { registryProtocols } from '#language/registries/all.ts';
import { trackRoutes } from '#server/dependency-track/add-dependency-track.ts';
import { routes } from '#server/schemas/routes.ts';
import type { Route } from '#server/schemas/routes/route.ts';
import { scimRoutes } from '#server/scim/add-scim.ts';

type Page = { readonly file: string; readonly text: () => string | Promise<string> };

const root = path.resolve(import.meta.dirname, '..');
const pages: readonly Page[] = [
  { file: 'formats.md', text: formatsPage },
  { file: 'sbom-forms.md', text: sbomFormsPage },
  { file: 'rules.md', text: rulesPage },
  { file: 'registries.md', text: registriesPage },
  { file: 'cli.md', text: cliPage },
  { file: 'api.md', text: apiPage },
];

const check = process.argv.includes('--check');
let differ = 0;
for (const page of pages) {
  const file = path.join(root, 'docs', 'reference', page.file);
  const wanted = `<!-- Written by tools/write-reference.ts. Do not edit. -->\n\n${await page.text()}`;
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

function sbomFormsPage(): string {
  const sections = sbomWriters.map(({ id, title, spec, mediaType, leavesOut }) =>
    [`## \`${id}\` ${title}`, `\`${mediaType}\` · [specification](${spec})`, leavesOut.map((each) => `* ${each}`).join('\n')].join('\n\n'),
  );
  const intro =
    'Forms of `guildhall sbom export` and `GET /v1/components/{ref}/sbom`, and what each of them cannot hold or says in another way. Anything else of a document is there again when it is read.';
  return `# SBOMs that are written\n\n${intro}\n\n${sections.join('\n\n')}\n`;
}

function formatsPage(): string {
  const sections = Object.entries(formatKinds).map(([kind, title]) => {
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

function rulesPage(): string {
  const sections = rules.map((rule) => {
    const settings = Object.entries(rule.settings.parse({})).map(([name, value]) => `  * \`${name}\`: \`${JSON.stringify(value)}\``);
    return [
      `## \`${rule.id}\` ${rule.title}`,
      rule.finds,
      [
        `* **Cannot see:** ${rule.cannotSee}`,
        `* **Why:** ${rule.explain}`,
        `* **What to do:** ${rule.remedy}`,
        `* **Built in:** ${useOf(builtInPolicy, rule.id)}`,
        `* **A past day:** ${rule.past === true ? 'is told.' : rule.past}`,
        ...(settings.length === 0 ? [] : [`* **Settings**, with what they are unless the policy says otherwise:\n${settings.join('\n')}`]),
      ].join('\n'),
    ].join('\n\n');
  });
  const intro =
    'How this build judges, as `guildhall rules` says it. A policy names a rule by its id under `rules`: `use` is `on` (findings are dealt with), `metric` (they are counted) or `off`.';
  return ['# Rules', intro, ...sections].join('\n\n') + '\n';
}

function registriesPage(): string {
  const sections = registryProtocols.map(({ title, ecosystem, version, spec, reads, cannotSee, base, hosts, perSecond, atOnce }) =>
    [
      `## ${title}`,
      `Ecosystem \`${ecosystem}\` · version ${version} · [specification](${spec})`,
      [
        `* **Reads:** ${reads}`,
        `* **Cannot see:** ${cannotSee}`,
        `* **Address:** \`${base}\`, unless \`registries.ask\` names a mirror`,
        `* **Hosts in lockfiles that mean it:** ${hosts.map((host) => `\`${host}\``).join(', ')}`,
        `* **Pace:** at most ${perSecond} requests a second, ${atOnce} packages at once`,
      ].join('\n'),
    ].join('\n\n'),
  );
  const intro =
    'Which package registries this build asks, and what it understands of their answers. None is asked until `registries.ask` in the configuration names its ecosystem; what a registry may hear is said in [running.md](../running.md#package-registries).';
  return ['# Package registries', intro, ...sections].join('\n\n') + '\n';
}

async function cliPage(): Promise<string> {
  const sections = leaves(await commandLine(null), '').map(({ name, command }) => {
    const words = command.registeredArguments.map((argument) => {
      const text = `${argument.name()}${argument.variadic ? '...' : ''}`;
      return argument.required ? `<${text}>` : `[${text}]`;
    });
    const options = command.options.map((option) => `* \`${option.flags}\` ${option.description}`);
    return [
      `## \`${[name, ...words].join(' ')}\``,
      `${capitalised(command.description())}.`,
      ...(options.length === 0 ? [] : [options.join('\n')]),
    ].join('\n\n');
  });
  const intro =
    'Run as `npm run -s guildhall -- <command>`. Exit codes: 0 done, 1 done but something could not be read or a gate failed, 2 wrong use or bad configuration, 3 the store or a source is unreachable.';
  return ['# Commands', intro, ...sections].join('\n\n') + '\n';
}

function leaves(command: Command, above: string): readonly { readonly name: string; readonly command: Command }[] {
  return command.commands.flatMap((each) => {
    const name = above === '' ? each.name() : `${above} ${each.name()}`;
    const isRun = each.commands.length === 0 || each.options.length > 0;
    return [...(isRun ? [{ name, command: each }] : []), ...leaves(each, name)];
  });
}

function apiPage(): string {
  const rows = Object.values<Route>(routes).map(
    ({ method, path: at, summary, permission, csv }) => `| ${method} | \`${at}\` | ${summary} | \`${permission}\` | ${csv ? 'yes' : ''} |`,
  );
  const intro =
    'Every route of our own API; `/v1/openapi.json` has the schemas. A route without a permission does not start. Lists take `limit`, `cursor`, `sort`, `q` and filters, and answer `{items, next, total}`.';
  const track = trackRoutes.map(({ method, path: at, summary, permission }) => `| ${method} | \`${at}\` | ${summary} | \`${permission}\` |`);
  const scim = scimRoutes.map(({ method, path: at, summary }) => `| ${method} | \`${at}\` | ${summary} |`);
  const trackIntro =
    'Clients of Dependency-Track change the URL and send an API token of this office as `X-Api-Key`; permissions and visibility are those of our own API.';
  return (
    [
      '# HTTP API',
      intro,
      ['| method | path | gives | permission | CSV |', '| --- | --- | --- | --- | --- |', ...rows].join('\n'),
      '## For clients of Dependency-Track',
      trackIntro,
      ['| method | path | gives | permission |', '| --- | --- | --- | --- |', ...track].join('\n'),
      '## For directories, by SCIM 2.0',
      'A token of this office with the scope `people:provision` is all that a directory needs.',
      ['| method | path | gives |', '| --- | --- | --- |', ...scim].join('\n'),
    ].join('\n\n') + '\n'
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
