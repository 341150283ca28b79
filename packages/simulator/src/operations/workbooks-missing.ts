import type { Outcome } from './outcome.ts';

/** Import and export without the option `workbooks`: the simulator itself knows no file format. */
export const workbooksMissing: Outcome = {
  kind: 'not-simulated',
  message:
    'This simulator was made without workbooks. Pass the option: createSimulator({ workbooks }), with the one that @hubex-kit/mock-server/workbooks exports, or start the mock server, which has it.',
};
