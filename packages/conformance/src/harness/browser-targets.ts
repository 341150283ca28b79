import { browserTarget } from './browser-target.ts';
import type { Target } from './target.ts';

/** The ways to reach HubEx that a page has. */
export const targets: readonly Target[] = [browserTarget];
