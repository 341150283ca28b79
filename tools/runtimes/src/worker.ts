import { print } from './print.ts';

const handlers: { readonly test: () => Promise<void> } = { test: print };

// biome-ignore lint/style/noDefaultExport: how workerd finds the handlers of a worker
export default handlers;
