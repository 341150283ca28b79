export { DataError } from './data/data-error.ts';
export { ListenError } from './listen.ts';
export { createMockServer, type MockServer, type MockServerOptions } from './mock-server.ts';
