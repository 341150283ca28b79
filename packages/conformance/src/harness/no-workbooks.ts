import type { Workbooks } from '@hubex-kit/simulator';

/** In place of the library for workbooks where there is none: in a page of the browser. */
export const workbooks: Workbooks | undefined = undefined;
