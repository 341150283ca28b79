import { hubexHandler } from '@hubex-kit/msw';
import { createSimulator } from '@hubex-kit/simulator';
import { setupWorker } from 'msw/browser';

// #region worker
const hubex = createSimulator();
await setupWorker(hubexHandler(hubex)).start({ onUnhandledRequest: 'bypass' });
// #endregion

// The page as it is, only that there is a HubEx in it.
sessionStorage.hubexToken = hubex.control.info.serviceToken;
await import('./main.ts');
