import type { Simulator } from '@hubex-kit/simulator';
import { type HttpHandler, HttpResponse, http } from 'msw';

/** Where HubEx is, unless told otherwise. */
export const defaultBaseUrl = 'https://api.hubex.ru/fsm';

/** Where the program under test looks for HubEx. */
export interface HubexHandlerOptions {
  /** Address below which the services are; the path of a URL of your choice. Default https://api.hubex.ru/fsm. */
  readonly baseUrl?: string;
}

/**
 * All of HubEx as one handler: msw tries handlers one after the other, so one for each of hundreds of operations would make every request
 * slower. It answers everything below the base address and lets everything else pass.
 *
 * @throws TypeError for a base address that is not one.
 * @example
 * const hubex = createSimulator();
 * const server = setupServer(hubexHandler(hubex));
 */
export function hubexHandler(simulator: Pick<Simulator, 'fetch'>, options: HubexHandlerOptions = {}): HttpHandler {
  const base = readBase(options.baseUrl ?? defaultBaseUrl);
  const isBelow = ({ request }: { readonly request: Request }): boolean => {
    const { url } = request;
    return url.startsWith(base) && /^[/?]|^$/.test(url.slice(base.length, base.length + 1));
  };
  return http.all(isBelow, async ({ request }) => {
    try {
      return await simulator.fetch(rebased(request, base));
    } catch {
      // A fault that breaks the connection: the simulator rejects as fetch does, and this is how msw says it.
      return HttpResponse.error();
    }
  });
}

/** The address in the form in which requests have it, without a slash at its end. */
export function readBase(baseUrl: string): string {
  if (!URL.canParse(baseUrl))
    throw new TypeError(`baseUrl must be an absolute address such as ${defaultBaseUrl}; it was ${baseUrl}.`);
  return new URL(baseUrl).href.replace(/\/+$/, '');
}

/** The simulator takes /fsm for the base; a base of another name is put in its place. */
function rebased(request: Request, base: string): Request {
  if (base.endsWith('/fsm') && base.indexOf('/', 8) === base.length - 4) return request;
  return new Request(`${new URL(base).origin}/fsm${request.url.slice(base.length)}`, request);
}
