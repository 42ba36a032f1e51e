import type { ReadPackage } from '#model/reading.ts';
import { imageOf } from './image-reference.ts';
import { packageOf } from './package-of.ts';

/**
 * The action, reusable workflow or image that a `uses:` names, as a package of its repository at a tag, branch or commit;
 * `own` for one in the same repository, null when the text names none.
 */
export function actionOf(uses: string): ReadPackage | 'own' | null {
  if (uses.startsWith('./') || uses.startsWith('../')) return 'own';
  if (uses.startsWith('docker://')) return imageOf(uses.slice('docker://'.length), 'build');
  const at = uses.indexOf('@');
  const [owner = '', repository = ''] = uses.slice(0, Math.max(0, at)).split('/');
  const ref = uses.slice(at + 1);
  if (!/^[\w.-]{1,100}$/.test(owner) || !/^[\w.-]{1,100}$/.test(repository) || !/^\S{1,255}$/.test(ref)) return null;
  // Only a whole commit cannot be moved to other code.
  return packageOf('GitHub Actions', `${owner}/${repository}`, ref, { scope: 'build', direct: true, hashed: /^[0-9a-f]{40,64}$/.test(ref) });
}
