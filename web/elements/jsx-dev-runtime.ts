import type { ReactElement } from 'react';
import * as runtime from 'react/jsx-dev-runtime';
import { escapedProps } from './escaped-props.ts';

export { Fragment } from 'react/jsx-dev-runtime';

type MakeInDevelopment = typeof runtime.jsxDEV;

/** What jsx-runtime.ts does, for the build of `vite` while developing. */
export const jsxDEV: MakeInDevelopment = (type, props, ...rest): ReactElement =>
  runtime.jsxDEV(type, escapedProps(props as Record<string, unknown>), ...rest);
