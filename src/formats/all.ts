// Written by tools/list-plugins.ts from the files beside it. Do not edit.
import type { Format } from '#model/format.ts';
import { bunLock } from './bun-lock.ts';
import { cargoLock } from './cargo-lock.ts';
import { catalogInfo } from './catalog-info.ts';
import { codeowners } from './codeowners.ts';
import { composerLock } from './composer-lock.ts';
import { csproj } from './csproj.ts';
import { cyclonedx } from './cyclonedx.ts';
import { gemfileLock } from './gemfile-lock.ts';
import { goMod } from './go-mod.ts';
import { goSum } from './go-sum.ts';
import { gradleLockfile } from './gradle-lockfile.ts';
import { gradleVerificationMetadata } from './gradle-verification-metadata.ts';
import { gradleVersionCatalog } from './gradle-version-catalog.ts';
import { npmPackageLock } from './npm-package-lock.ts';
import { nugetCpm } from './nuget-cpm.ts';
import { nugetPackagesConfig } from './nuget-packages-config.ts';
import { nugetPackagesLock } from './nuget-packages-lock.ts';
import { packageJson } from './package-json.ts';
import { pdmLock } from './pdm-lock.ts';
import { pipfileLock } from './pipfile-lock.ts';
import { pnpmLock } from './pnpm-lock.ts';
import { poetryLock } from './poetry-lock.ts';
import { pomXml } from './pom-xml.ts';
import { pylockToml } from './pylock-toml.ts';
import { pyprojectToml } from './pyproject-toml.ts';
import { requirementsTxt } from './requirements-txt.ts';
import { spdx } from './spdx.ts';
import { uvLock } from './uv-lock.ts';
import { yarnLock } from './yarn-lock.ts';

/** Every file format this build reads, by file name. */
export const formats: readonly Format[] = [bunLock, cargoLock, catalogInfo, codeowners, composerLock, csproj, cyclonedx, gemfileLock, goMod, goSum, gradleLockfile, gradleVerificationMetadata, gradleVersionCatalog, npmPackageLock, nugetCpm, nugetPackagesConfig, nugetPackagesLock, packageJson, pdmLock, pipfileLock, pnpmLock, poetryLock, pomXml, pylockToml, pyprojectToml, requirementsTxt, spdx, uvLock, yarnLock];
