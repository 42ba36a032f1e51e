import type { ElementType, Key, ReactElement } from 'react';
import * as runtime from 'react/jsx-runtime';
import { escapedProps } from './escaped-props.ts';

export { Fragment } from 'react/jsx-runtime';

type Make = (type: ElementType, props: Readonly<Record<string, unknown>>, key?: Key) => ReactElement;

/** Makes every element of our pages, in place of React's own: no page can forget to escape what comes from outside. */
export const jsx: Make = (type, props, key) => runtime.jsx(type, escapedProps(props), key);

/** The same for elements whose children stand as a list in the source. */
export const jsxs: Make = (type, props, key) => runtime.jsxs(type, escapedProps(props), key);
