// The bare Express 5 app that others are measured beside: two routes, res.json, nothing switched on or off.
import { readFileSync } from 'node:fs';
import express from 'express';

const { events, assets } = JSON.parse(readFileSync(process.env.BENCH_REPLIES, 'utf8'));
const app = express();
app.get('/fsm/COMMON/Events', (_request, response) => response.json(events));
app.get('/fsm/ES/Assets', (_request, response) => response.status(206).json(assets));
app.listen(Number(process.env.PORT), '127.0.0.1');
