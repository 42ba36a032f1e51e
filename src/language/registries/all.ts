// Written by tools/list-plugins.ts from the files beside it. Do not edit.
import type { RegistryProtocol } from '#model/registry.ts';
import { cratesIo } from './crates-io.ts';
import { goProxy } from './go-proxy.ts';
import { maven } from './maven.ts';
import { npm } from './npm.ts';
import { nuget } from './nuget.ts';
import { packagist } from './packagist.ts';
import { pypi } from './pypi.ts';
import { rubygems } from './rubygems.ts';

/** Every kind of package registry this build asks, by file name. */
export const registryProtocols: readonly RegistryProtocol[] = [cratesIo, goProxy, maven, npm, nuget, packagist, pypi, rubygems];
