// #region Yandex Cloud Functions
import { toYandexFunction } from '@hubex-kit/sdk/receiver/yandex-functions';
import { receiver } from './receiver.ts';

export const handler = toYandexFunction(receiver); // the function has to be public
// #endregion
