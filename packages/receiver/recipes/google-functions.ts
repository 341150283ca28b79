// #region Google Cloud Functions
import { http } from '@google-cloud/functions-framework';
import { toGoogleFunction } from '@hubex-kit/sdk/receiver/google-functions';
import { receiver } from './receiver.ts';

http('hubex', toGoogleFunction(receiver));
// #endregion
