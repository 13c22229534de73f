/**
 * The simulated models behind an OpenAI-compatible server on 127.0.0.1, for optimizers that are not
 * ours. A model is named `sim-task@TIER.FAMILY.SEED@RUN` or `sim-opt@…`; calls and tokens are
 * counted here, by name. Rows to optimize on: GET /rows/TIER.FAMILY.SEED, the
 * original prompt: GET /original/TIER.FAMILY.SEED. A second port answers
 * what prompts are worth, and is for judges only: POST /TIER.FAMILY.SEED with a list of prompts.
 *
 * node bench/search/server.ts [--latency MS]   prints {"url":…,"oracle":…} and stops by itself after
 * three hours. With --latency every answer of a model takes so long.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { dspyAnswer } from './dspyRequest.ts';
import { splitRows } from './ours.ts';
import { readRequest } from './optimizerRequest.ts';
import { optimizerModelOf } from './optimizerModel.ts';
import { yardstickOf, type Yardstick } from './oracle.ts';
import { tokensOf } from './statements.ts';
import { taskModelOf } from './taskModel.ts';
import type { Family } from './families.ts';
import type { Tier } from './tiers.ts';
import { worldOf, type World } from './world.ts';

interface Place {
  readonly world: World;
  readonly task: (text: string, sample?: number) => string;
  readonly optimizer: (text: string, attempt?: number) => string;
  readonly yardstick: Yardstick;
}

const { values: asked } = parseArgs({ options: { latency: { type: 'string', default: '0' } } });
const latency = Number(asked.latency);
const places = new Map<string, Place>();
/** What a model was asked: `cases` in its requests, and `read` of them with their right answer. */
interface Entry {
  readonly calls: number;
  readonly tokens: number;
  readonly cases: number;
  readonly read: number;
}

const ledger = new Map<string, Entry>();
const attempts = new Map<string, number>();

const models = createServer((request, response) => void answer(request, response, chat));
const oracle = createServer((request, response) => void answer(request, response, judge));
console.log(JSON.stringify({ url: `${await listen(models)}/v1`, oracle: await listen(oracle) }));
setTimeout(() => process.exit(0), 10_800_000).unref();

function chat(request: IncomingMessage, body: string): unknown {
  const path = request.url ?? '';
  if (path.startsWith('/rows/')) return splitRows(placeNamed(path.slice(6)).world);
  if (path.startsWith('/original/')) return { prompt: placeNamed(path.slice(10)).world.original };
  if (path.startsWith('/ledger/')) return ledger.get(decodeURIComponent(path.slice(8))) ?? null;
  const {
    model,
    messages,
    temperature = 0,
  } = JSON.parse(body) as {
    model: string;
    messages: { content: string }[];
    temperature?: number;
  };
  const [role = '', name = ''] = model.split('@');
  const place = placeNamed(name);
  const text = messages.map(message => message.content).join('\n');
  const repeats = repeat(`${model}\n${text}`);
  const content =
    role === 'sim-task'
      ? dspyAnswer(text, place.task(text, temperature > 0 ? repeats : 0))
      : place.optimizer(text, repeats);
  const usage = { prompt_tokens: tokensOf(text), completion_tokens: tokensOf(content) };
  const before = ledger.get(model) ?? { calls: 0, tokens: 0, cases: 0, read: 0 };
  const tokens = usage.prompt_tokens + usage.completion_tokens;
  const isTask = role === 'sim-task';
  ledger.set(model, {
    calls: before.calls + 1,
    tokens: before.tokens + tokens,
    cases: before.cases + (isTask ? 0 : (text.match(/Case K\d{6}:/gu)?.length ?? 0)),
    read: before.read + (isTask ? 0 : (readRequest(text, place.world)?.rows.length ?? 0)),
  });
  return {
    id: `chatcmpl-${before.calls}`,
    object: 'chat.completion',
    created: 0,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { ...usage, total_tokens: tokens },
  };
}

function judge(request: IncomingMessage, body: string): unknown {
  const { yardstick } = placeNamed((request.url ?? '').slice(1));
  const prompts = JSON.parse(body) as string[];
  return prompts.map(prompt => ({
    normalized: yardstick.normalized(prompt),
    accuracy: yardstick.accuracy(prompt),
  }));
}

function repeat(key: string): number {
  const before = attempts.get(key) ?? 0;
  attempts.set(key, before + 1);
  return before;
}

function placeNamed(name: string): Place {
  const known = places.get(name);
  if (known) return known;
  const [tier, family, seed] = name.split('.');
  const world = worldOf(Number(seed), tier as Tier, family as Family);
  const place = {
    world,
    task: taskModelOf(world),
    optimizer: optimizerModelOf(world),
    yardstick: yardstickOf(world),
  };
  places.set(name, place);
  return place;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  make: (request: IncomingMessage, body: string) => unknown,
): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece as Uint8Array));
  if (make === chat && latency > 0) await delay(latency);
  let status = 200;
  let result: unknown;
  try {
    result = make(request, Buffer.concat(pieces).toString('utf8'));
  } catch {
    status = 400;
    result = { error: { message: 'The request could not be answered.' } };
  }
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(result));
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port was given.');
  return `http://127.0.0.1:${address.port}`;
}
