export { createManualClock as createFakeClock, type ManualClock as FakeClock } from '@hubex-kit/simulator';
export { buildDelivery, type DeliveryWish, deliveryRequest } from './build-delivery.ts';
export {
  createRecorder,
  type Passing,
  type Receiving,
  type RecordedDelivery,
  type Recorder,
  type RecorderOptions,
} from './recorder.ts';
export { type Replayed, type ReplayOptions, replay } from './replay.ts';
export { createStorm, type Storm, type StormOptions } from './storm.ts';
