import type { ApiFault } from '../faults/api-fault.ts';
import type { FaultContext } from './faulty-answer.ts';
import { accessDenied, bare, withJson } from './reply.ts';
import type { ApiReply, ApiRequest } from './seam.ts';

/** Every reply of the real API is open to every origin (B011). */
const openToAll = { 'access-control-allow-origin': '*' };

/** The reply of a fault that answers instead of the operation. */
export function faultReply(
  request: ApiRequest,
  { fault, context }: { fault: ApiFault; context: Pick<FaultContext, 'now' | 'permission' | 'trace'> },
): ApiReply {
  const language = /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'ru';
  const reply = replyOf(fault, { ...context, language });
  // A page of something in between knows nothing of HubEx's headers.
  const headers = fault.kind === 'proxy-page' ? reply.headers : { ...openToAll, ...reply.headers };
  return { ...reply, headers, body: request.method === 'HEAD' ? undefined : reply.body };
}

function replyOf(
  fault: ApiFault,
  context: Pick<FaultContext, 'now' | 'permission' | 'trace'> & { language: 'ru' | 'en' },
): ApiReply {
  const { now, language } = context;
  const say = (ru: string, en: string): string => (language === 'ru' ? ru : en);
  switch (fault.kind) {
    case 'unauthorised':
      return bare(401);
    case 'forbidden':
      // Without a permission to miss, the application is what is not allowed (B008).
      return context.permission === null ? bare(403) : accessDenied(context.permission, context);
    case 'conflict':
      return error(409, {
        code: fault.code,
        message: say('Запись изменена другим.', 'Somebody else changed the record.'),
      });
    case 'rate-limited':
      return bare(429, retryAfter(fault.retryAfterSeconds, { form: fault.form, now }));
    case 'internal-error':
      return error(500, { code: 'InternalError', message: say('Внутренняя ошибка.', 'Internal error.') });
    case 'bad-gateway':
      return bare(502);
    case 'unavailable':
      return bare(503, retryAfter(fault.retryAfterSeconds, { form: 'seconds', now }));
    case 'gateway-timeout':
      return bare(504);
    case 'proxy-page':
      return {
        status: fault.status,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: page(fault.status),
      };
    default:
      throw new Error(`The fault ${fault.kind} answers nothing by itself: a bug of the simulator.`);
  }

  function error(status: number, { code, message }: { code: string; message: string }): ApiReply {
    const reply = withJson(status, [{ traceIdentifier: context.trace(), code, message }]);
    return { ...reply, headers: { ...reply.headers, 'x-application-errors': code } };
  }
}

function retryAfter(
  seconds: number | null,
  { form, now }: { form: 'seconds' | 'date'; now: number },
): Readonly<Record<string, string>> {
  if (seconds === null) return {};
  return { 'retry-after': form === 'date' ? new Date(now + seconds * 1000).toUTCString() : String(seconds) };
}

function page(status: number): string {
  return `<!DOCTYPE html>\n<html>\n<head><title>${status}</title></head>\n<body>\n<h1>${status}</h1>\n<p>The requested page is not available.</p>\n</body>\n</html>\n`;
}
