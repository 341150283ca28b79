import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The port could not be opened. `cause` has the system's reason. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly code = 'mock/cannot-listen';
}

/** Opens the port and returns the address for clients: `http://127.0.0.1:4010`. Rejects with ListenError. */
export function listen(server: Server, { port, host }: { port: number; host: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why: Record<string, string> = {
        EADDRINUSE: `Port ${port} on ${host} is in use. Choose another with --port, or --port 0 for any free one.`,
        EACCES: `Port ${port} needs rights this process does not have. Choose one from 1024 on.`,
        EADDRNOTAVAIL: `${host} is no address of this machine. Choose another --host.`,
        ENOTFOUND: `The host name ${host} is not known. Choose another --host.`,
      };
      reject(
        new ListenError(why[cause.code ?? ''] ?? `${host}:${port} could not be opened: ${cause.message}.`, { cause }),
      );
    });
    server.listen(port, host, () => {
      const bound = server.address() as AddressInfo; // a server that listens on a port has one
      const isEverywhere = host === '0.0.0.0' || host === '::';
      const shown = isEverywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
      resolve(`http://${shown}:${bound.port}`);
    });
  });
}
