// Written by tools/list-plugins.ts from the files beside it. Do not edit.
import type { Format } from '#model/format.ts';
import { cargoLock } from './cargo-lock.ts';
import { catalogInfo } from './catalog-info.ts';
import { codeowners } from './codeowners.ts';
import { composerLock } from './composer-lock.ts';
import { cyclonedx } from './cyclonedx.ts';
import { gemfileLock } from './gemfile-lock.ts';
import { goMod } from './go-mod.ts';
import { goSum } from './go-sum.ts';
import { npmPackageLock } from './npm-package-lock.ts';
import { nugetPackagesLock } from './nuget-packages-lock.ts';
import { packageJson } from './package-json.ts';
import { pipfileLock } from './pipfile-lock.ts';
import { pnpmLock } from './pnpm-lock.ts';
import { poetryLock } from './poetry-lock.ts';
import { pomXml } from './pom-xml.ts';
import { pyprojectToml } from './pyproject-toml.ts';
import { requirementsTxt } from './requirements-txt.ts';
import { spdx } from './spdx.ts';
import { uvLock } from './uv-lock.ts';
import { yarnLock } from './yarn-lock.ts';

/** Every file format this build reads, by file name. */
export const formats: readonly Format[] = [cargoLock, catalogInfo, codeowners, composerLock, cyclonedx, gemfileLock, goMod, goSum, npmPackageLock, nugetPackagesLock, packageJson, pipfileLock, pnpmLock, poetryLock, pomXml, pyprojectToml, requirementsTxt, spdx, uvLock, yarnLock];
