// Written by tools/list-plugins.ts from the files beside it. Do not edit.
import type { VersionScheme } from '#language/version-scheme.ts';
import { apk } from './apk.ts';
import { cargo } from './cargo.ts';
import { composer } from './composer.ts';
import { cran } from './cran.ts';
import { deb } from './deb.ts';
import { gem } from './gem.ts';
import { golang } from './golang.ts';
import { hackage } from './hackage.ts';
import { hex } from './hex.ts';
import { julia } from './julia.ts';
import { maven } from './maven.ts';
import { npm } from './npm.ts';
import { nuget } from './nuget.ts';
import { opam } from './opam.ts';
import { pub } from './pub.ts';
import { pypi } from './pypi.ts';
import { rpm } from './rpm.ts';
import { semver } from './semver.ts';
import { swift } from './swift.ts';

/** Every version scheme this build knows, by file name. */
export const versionSchemes: readonly VersionScheme[] = [apk, cargo, composer, cran, deb, gem, golang, hackage, hex, julia, maven, npm, nuget, opam, pub, pypi, rpm, semver, swift];
