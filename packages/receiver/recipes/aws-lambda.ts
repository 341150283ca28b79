// #region AWS Lambda: REST API, HTTP API, function URL, load balancer
import { toLambdaHandler } from '@hubex-kit/sdk/receiver/aws-lambda';
import { receiver } from './receiver.ts';

export const handler = toLambdaHandler(receiver);
// #endregion
