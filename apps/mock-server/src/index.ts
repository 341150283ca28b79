export { createMockServer, ListenError, type MockServer, type MockServerOptions } from './mock-server.ts';
