import type { OperationId } from '@hubex-kit/contract/operations';
import type { Route } from '@hubex-kit/contract/routes';

/** What a route says. */
export interface Operation {
  readonly id: OperationId;
  readonly method: string;
  /** `*` takes ranges, `!` has a form as its body, `~` needs no token. */
  readonly marks: string;
  /** Template below the base address: `/ES/Assets/{assetID}`. */
  readonly path: string;
  /** Names of query parameters. */
  readonly query: readonly string[];
}

/** Takes a route apart. */
export function readRoute(route: Route): Operation {
  const [id, method = '', marks = '', path = '', names = ''] = route.split(' ');
  const query = marks.includes('*') ? `offset,fetch,${names}` : names;
  return { id: id as OperationId, method, marks, path, query: query.split(',').filter(Boolean) }; // a route begins with an id, says its type
}
