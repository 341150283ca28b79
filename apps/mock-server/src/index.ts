export { ListenError } from './listen.ts';
export { createMockServer, type MockServer, type MockServerOptions } from './mock-server.ts';
