// What undici.request reaches on a Pool of 32 connections, pipelining 1: COUNT posts of a delivery to SINK, 32 at a time.
import { Pool } from 'undici';

const pool = new Pool(process.env.SINK, { connections: 32, pipelining: 1 });
const headers = { 'content-type': 'application/json; charset=utf-8' };
let next = 0;
async function worker() {
  while (next < Number(process.env.COUNT)) {
    const body = `{"TenantID":105,"TaskID":null,"AssetID":${100 + next++},"TaskConversationID":null,"TenantMemberID":null,"AccountID":null,"UserID":null,"CompanyID":null,"EventID":41,"TaskStageID":null}`;
    const reply = await pool.request({ path: '/hook?key=secret', method: 'POST', headers, body });
    await reply.body.dump();
  }
}
await Promise.all(Array.from({ length: 32 }, worker));
await pool.close();
