import { type Logger, pino } from 'pino';

/** JSON lines on stderr, so that stdout stays for the ready line. What is logged holds no address, body or token; keys that might are cut. */
export function createLog(level: string): Logger {
  const redact = {
    paths: ['serviceToken', 'controlToken', 'authorization', '*.serviceToken', '*.controlToken', '*.authorization'],
    censor: '***',
  };
  return pino({ level, base: null, redact }, pino.destination({ dest: 2, sync: true }));
}
