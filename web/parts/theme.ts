import { localStorageColorSchemeManager } from '@mantine/core';

/** Keeps the chosen theme in this browser, under the name that `theme.js` reads before the first paint. */
export const schemeManager = localStorageColorSchemeManager({ key: 'guildhall-theme' });
