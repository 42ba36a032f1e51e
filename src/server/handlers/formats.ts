import { describedFormats } from '#operations/known-formats.ts';
import type { Handler } from '../asked.ts';

/** What this build reads. */
export const formats: Handler<'formats'> = () => ({ items: describedFormats.map((each) => ({ ...each, ecosystems: [...each.ecosystems] })) });
