import fs from 'node:fs';
import path from 'node:path';

/** What the projects of a folder call themselves in their manifests, each name as written and in lower case. A coarse look that runs nothing. */
export function ownNames(folder: string, paths: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const at of paths)
    for (const name of namesIn(path.posix.basename(at), () => textOf(path.join(folder, at)))) names.add(name).add(name.toLowerCase());
  return names;
}

function namesIn(file: string, text: () => string): readonly string[] {
  const matched = (pattern: RegExp) => pattern.exec(text())?.slice(1, 2) ?? [];
  if (/^(?:package|composer)\.json$/.test(file)) return jsonNames(text());
  if (file === 'Cargo.toml') return matched(/^\[package\][^[]*?^name\s*=\s*["']([^"']+)/m);
  if (file === 'pyproject.toml') return matched(/^\[(?:project|tool\.poetry)\][^[]*?^name\s*=\s*["']([^"']+)/m);
  if (file === 'go.mod') return matched(/^module\s+"?([^\s"]+)/m);
  if (file === 'pom.xml') return mavenNames(text());
  return /\.(?:(?:cs|fs|vb)proj|gemspec)$/.test(file) ? [file.replace(/\.[^.]+$/, '')] : [];
}

function jsonNames(text: string): readonly string[] {
  try {
    const { name } = JSON.parse(text) as { readonly name?: unknown };
    return typeof name === 'string' ? [name] : [];
  } catch {
    return []; // broken on purpose, in somebody's fixtures
  }
}

/** `group:artifact` of a POM, its group taken from its parent where it gives none. */
function mavenNames(text: string): readonly string[] {
  const plain = text.replaceAll(/<!--[\s\S]*?-->/g, '');
  const own = plain.replaceAll(/<(parent|dependencies|dependencyManagement|build|profiles|reporting)>[\s\S]*?<\/\1>/g, '');
  const artifact = /<artifactId>\s*([^<\s]+)/.exec(own)?.[1];
  const group = (/<groupId>\s*([^<\s]+)/.exec(own) ?? /<parent>[\s\S]*?<groupId>\s*([^<\s]+)/.exec(plain))?.[1];
  return artifact === undefined || group === undefined ? [] : [`${group}:${artifact}`];
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return ''; // a link, or what could not be written out
  }
}
