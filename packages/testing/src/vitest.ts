import { expect } from 'vitest';
import { hubexMatchers, type ReceivedWish } from './matchers.ts';

expect.extend(hubexMatchers);

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: vitest's own declaration, which this one adds to, has it
  interface Matchers<T = any> {
    /** The receiver has answered a delivery of this kind with success. Call `settled()` first. */
    toHaveReceived(wish: ReceivedWish): T;
  }
}
