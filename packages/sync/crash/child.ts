import { createServer } from 'node:http';
import { createReceiver, type InboxEntry } from '@hubex-kit/receiver';
import { toNodeHandler } from '@hubex-kit/receiver/node-http';
import { openSqliteInbox } from '../src/inbox/sqlite-inbox.ts';

// The program that is killed: receiver and SQLite inbox, nothing else. Prints its port once it can answer.
const [, , file = '', secret = '', driver] = process.argv;
const names = ['node:sqlite', 'libsql', 'better-sqlite3'] as const;
const wanted = names.find((name) => name === driver);
const sqlite = await openSqliteInbox(wanted ? { file, driver: wanted } : file);
// For comparison: answers before it has stored. A kill test that finds nothing lost then would find nothing at all.
const early = { store: (entry: InboxEntry): void => void sqlite.store(entry) };
const inbox = driver === 'early' ? early : sqlite;
const server = createServer(toNodeHandler(createReceiver({ secrets: secret, inbox })));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
