/** An address fit for logs: query values, passwords, and path segments and query names long enough to be a secret become `***`. */
export function redactUrl(url: string): string {
  const [beforeHash = ''] = url.split('#', 1);
  const [path = '', query] = beforeHash.split(/\?(.*)/s);
  const start = /^(\w+:\/\/)([^/]*@)?([^/]*)/.exec(path);
  const origin = start ? `${start[1]}${start[2] ? '***@' : ''}${start[3]}` : '';
  const rest = path.slice(start?.[0].length ?? 0).replaceAll(/[^/]{16,}/g, '***');
  return `${origin}${rest}${query === undefined ? '' : `?${query.replaceAll(/=[^&]*/g, '=***').replaceAll(/[^=&]{16,}/g, '***')}`}`;
}
