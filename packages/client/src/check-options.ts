import { isToken, tokenRule } from './auth/token-source.ts';
import { badOption, refuseOutside, refuseUnknown } from './check.ts';
import type { ClientOptions } from './options.ts';
import type { Settings } from './settings.ts';

/** Of which there must be exactly one. */
const credentialNames = ['serviceToken', 'accessToken', 'tokenSource', 'refreshToken'];

const settingNames = [
  ...['baseUrl', 'applicationId', 'fetch', 'acceptLanguage', 'timeoutMs', 'deadlineMs', 'clock'],
  ...['retry', 'rateLimit', 'hooks', 'random', 'saveRefreshToken'],
];

/** Refuses unknown options, none or several credentials, and values that cannot be used. */
export function checkOptions(
  options: ClientOptions,
  { baseUrl, applicationId, timeoutMs, deadlineMs }: Settings,
): void {
  refuseUnknown(options, [...credentialNames, ...settingNames]);
  const given: Readonly<Record<string, unknown>> = { ...options };
  const credentials = credentialNames.filter((each) => given[each] !== undefined);
  const [name = 'serviceToken', second] = credentials;
  if (credentials.length !== 1) {
    const found = second ? credentials.join(' and ') : 'none';
    throw badOption(
      name,
      `createHubexClient needs exactly one of ${credentialNames.join(', ')}; it was given ${found}.`,
    );
  }
  if (name !== 'tokenSource' && !isToken(given[name]))
    throw badOption(name, `${name} must be ${tokenRule}; check where it is read from.`);
  if (/^\w+:\/\/[^/]*@/.test(baseUrl))
    throw badOption('baseUrl', 'baseUrl must not hold a user name or a password: fetch would refuse it, and print it.');
  if (!/^https?:/.test(baseUrl) || !URL.canParse(baseUrl))
    throw badOption(
      'baseUrl',
      `baseUrl must be an absolute http or https address such as https://api.hubex.ru/fsm; it was ${baseUrl}.`,
    );
  const { attempts = 3, baseMs = 500, capMs = 30_000 } = options.retry ?? {};
  refuseUnknown(options.retry ?? {}, ['attempts', 'baseMs', 'capMs']);
  refuseUnknown(options.hooks ?? {}, ['onRequest', 'onResponse', 'onRetry']);
  refuseOutside({
    applicationId: [applicationId, 1, 6],
    timeoutMs: [timeoutMs, 1, 600_000],
    deadlineMs: [deadlineMs, 1, 3_600_000],
    attempts: [attempts, 0, 10],
    baseMs: [baseMs, 0, 600_000],
    capMs: [capMs, 0, 600_000],
  });
}
