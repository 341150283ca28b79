import type { Operation } from '../operation.ts';

/** B230. The contract describes the import; the simulator says plainly that it does not carry it out yet. */
export const importAssets: Operation<'importAssets'> = () => ({
  kind: 'not-simulated',
  what: 'the import of workbooks',
});
