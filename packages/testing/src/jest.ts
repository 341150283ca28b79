import { expect } from '@jest/globals';
import { hubexMatchers, type ReceivedWish } from './matchers.ts';

expect.extend(hubexMatchers);

// For `expect` of @jest/globals.
declare module 'expect' {
  interface Matchers<R> {
    /** The receiver has answered a delivery of this kind with success. Call `settled()` first. */
    toHaveReceived(wish: ReceivedWish): R;
  }
}

// For the global `expect` of @types/jest.
declare global {
  namespace jest {
    interface Matchers<R> {
      /** The receiver has answered a delivery of this kind with success. Call `settled()` first. */
      toHaveReceived(wish: ReceivedWish): R;
    }
  }
}
