import type { OperationId } from './generated/operations.ts';

/**
 * How an operation is called, as one text: id, method, marks, path, names of query parameters, with spaces between. Marks: * takes ranges,
 * ! has a form as its body, ~ needs no token, - none of these. The id is part of the type, so a call knows from the route what it takes and gives.
 */
export type Route<Id extends OperationId = OperationId> = `${Id} ${string}`;
