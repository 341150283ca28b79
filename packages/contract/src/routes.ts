export * from './generated/routes.ts';
export type { Route } from './route.ts';
