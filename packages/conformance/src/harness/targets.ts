import { directTarget } from './direct-target.ts';
import { expressTarget } from './express-target.ts';
import { mswTarget } from './msw-target.ts';
import type { Target } from './target.ts';

/** The ways to reach HubEx that Node has. A browser has another list (browser-targets.ts). */
export const targets: readonly Target[] = [directTarget, expressTarget, mswTarget];
