// Written by tools/list-plugins.ts from the files beside it. Do not edit.
import type { VersionScheme } from '#language/version-scheme.ts';
import { alpm } from './alpm.ts';
import { apk } from './apk.ts';
import { bitnami } from './bitnami.ts';
import { cargo } from './cargo.ts';
import { composer } from './composer.ts';
import { conan } from './conan.ts';
import { cran } from './cran.ts';
import { datetime } from './datetime.ts';
import { deb } from './deb.ts';
import { gem } from './gem.ts';
import { gentoo } from './gentoo.ts';
import { github } from './github.ts';
import { golang } from './golang.ts';
import { hackage } from './hackage.ts';
import { hex } from './hex.ts';
import { intdot } from './intdot.ts';
import { julia } from './julia.ts';
import { lexicographic } from './lexicographic.ts';
import { linux } from './linux.ts';
import { maven } from './maven.ts';
import { nginx } from './nginx.ts';
import { npm } from './npm.ts';
import { nuget } from './nuget.ts';
import { opam } from './opam.ts';
import { openssl } from './openssl.ts';
import { pub } from './pub.ts';
import { pypi } from './pypi.ts';
import { rpm } from './rpm.ts';
import { semver } from './semver.ts';
import { swift } from './swift.ts';

/** Every version scheme this build knows, by file name. */
export const versionSchemes: readonly VersionScheme[] = [alpm, apk, bitnami, cargo, composer, conan, cran, datetime, deb, gem, gentoo, github, golang, hackage, hex, intdot, julia, lexicographic, linux, maven, nginx, npm, nuget, opam, openssl, pub, pypi, rpm, semver, swift];
