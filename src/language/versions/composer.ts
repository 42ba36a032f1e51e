import { composerRange } from '../composer-range.ts';
import { normaliseComposer, orderComposer, type ComposerVersion } from '../composer-version.ts';
import { orderedScheme } from '../ordered-scheme.ts';

/** Composer's versions and constraints, https://getcomposer.org/doc/articles/versions.md. Branches (`dev-main`) have no order and are no versions here. */
export const composer = orderedScheme<ComposerVersion>({
  id: 'composer',
  ecosystems: ['Packagist'],
  parse: normaliseComposer,
  order: orderComposer,
  parseRange: composerRange,
});
