// Written by tools/list-plugins.ts from the files beside it. Do not edit.
import type { VersionScheme } from '#language/version-scheme.ts';
import { cargo } from './cargo.ts';
import { composer } from './composer.ts';
import { gem } from './gem.ts';
import { golang } from './golang.ts';
import { maven } from './maven.ts';
import { npm } from './npm.ts';
import { nuget } from './nuget.ts';
import { pypi } from './pypi.ts';
import { semver } from './semver.ts';

/** Every version scheme this build knows, by file name. */
export const versionSchemes: readonly VersionScheme[] = [cargo, composer, gem, golang, maven, npm, nuget, pypi, semver];
