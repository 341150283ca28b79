/** Work on much data, in steps of some milliseconds: between two of them others may have their turn. */
export type Steps<Result> = Generator<undefined, Result>;

/** Rows of a workbook that are worked on in one step: a fraction of a millisecond once the code is warm. */
export const rowsInOneStep = 40;

/** Takes all steps at once. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Takes one step after the other, with a pause in between. */
export async function inTurns<Result>(steps: Steps<Result>, pause: () => Promise<void>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pause();
  }
}
