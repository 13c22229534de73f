import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { rowsFor } from '../../../src/engine/providers/requestLimit.ts';
import { openCallLog } from '../../../src/engine/store/callLog.ts';
import { memoryFiles } from '../../../src/engine/store/memoryFiles.ts';
import { startLoopbackServer, type LoopbackServer } from '../../support/loopbackServer.ts';
import { digestOf, finish, ticketEngine, ticketFolder, type TicketRun } from './ticketRun.ts';

const doomed = fileURLToPath(new URL('./doomed.ts', import.meta.url));
/** Sources without their types: a start takes a third of the time. */
const compiled = fileURLToPath(new URL('../../../out/compile-cache', import.meta.url));

/** What was seen over many kills. */
export interface Figures {
  /** Processes that were killed; the others were done before their moment came. */
  kills: number;
  runs: number;
  /** Answers that were paid again, in the server's own ledger. */
  paidAgain: number;
  mostPaidAgain: number;
  /** Requests that may have been paid twice, as the record of calls shows them. */
  shownInFlight: number;
}

/** When a session is killed: so long after the server has answered it so often. */
export interface Moment {
  readonly answers: number;
  readonly ms: number;
}

/** A run whose outcome without a kill is known, and the server that counts what is paid. */
export interface KillingGround {
  readonly figures: Figures;
  /** Operations that change a file in the whole run. */
  readonly operations: number;
  /** Kills before (`12-`) or after (`12+`) an operation, resumes to the end, and checks all promises. */
  killAt(at: string): Promise<void>;
  /** Kills session after session, each at its moment, until the run is done. */
  killAfter(moments: Iterator<Moment>): Promise<void>;
  close(): Promise<void>;
}

/** Runs once without a kill, to know the result and what it costs. */
export async function killingGround(run: TicketRun, latencyMs: number): Promise<KillingGround> {
  let paid = new Map<string, number>();
  const server = await startLoopbackServer({
    latencyMs,
    onPaid: body => paid.set(body, (paid.get(body) ?? 0) + 1),
  });
  const figures: Figures = { kills: 0, runs: 0, paidAgain: 0, mostPaidAgain: 0, shownInFlight: 0 };
  const first = ticketFolder(run.rows);
  const { out } = await session(first, server, run, '0');
  const operations = Number(out);
  assert.ok(operations > 20, out);
  const wholeBill = paid;
  rmSync(first, { recursive: true });
  paid = new Map();
  const second = ticketFolder(run.rows);
  const whole = await finish(ticketEngine(second, server.url), run);
  assert.deepEqual(paid, wholeBill, 'the same run costs the same');
  const wholeHistory = await savedTexts(second, server.url);
  rmSync(second, { recursive: true });

  /** Checks a run that came to its end over `kills` kills, which showed so many calls in flight. */
  async function check(folder: string, kills: number, shown: number): Promise<void> {
    const state = await finish(ticketEngine(folder, server.url), run);
    const again = [...paid].reduce(
      (sum, [body, times]) => sum + Math.max(0, times - (wholeBill.get(body) ?? 0)),
      0,
    );
    assert.equal(digestOf(state), digestOf(whole), 'the same result');
    const { possiblyPaid, ...sums } = state.spending.task;
    const { possiblyPaid: _none, ...wholeSums } = whole.spending.task;
    assert.deepEqual(sums, wholeSums, 'the same sums');
    assert.deepEqual(await savedTexts(folder, server.url), wholeHistory, 'the same versions');
    assert.deepEqual(new Set(paid.keys()), new Set(wholeBill.keys()), 'nothing else was asked');
    // A connection that breaks on a busy machine is shown by the run itself.
    const doubtful = shown + possiblyPaid;
    assert.ok(again <= doubtful, `${again} paid again, but ${doubtful} shown as in flight`);
    // Requests, and answers on their way to the disk.
    const most = kills * rowsFor(run.concurrency);
    assert.ok(shown <= most, `${shown} in flight at ${kills} kills`);
    figures.runs += 1;
    figures.kills += kills;
    figures.paidAgain += again;
    figures.mostPaidAgain = Math.max(figures.mostPaidAgain, again);
    figures.shownInFlight += shown;
  }

  return {
    figures,
    operations,
    async killAt(at) {
      paid = new Map();
      const folder = ticketFolder(run.rows);
      const { killed } = await session(folder, server, run, at);
      await settled(server);
      await check(folder, killed ? 1 : 0, killed ? (await recordIn(folder)).inFlight : 0);
      rmSync(folder, { recursive: true });
    },
    async killAfter(moments) {
      paid = new Map();
      const folder = ticketFolder(run.rows);
      let kills = 0;
      let shown = 0;
      let answers = 0;
      for (let done = false; !done;) {
        const moment = moments.next();
        if (moment.done) break;
        const { killed } = await session(folder, server, run, '0', moment.value);
        await settled(server);
        const record = await recordIn(folder);
        assert.ok(record.answers >= answers, 'no recorded answer is lost');
        assert.equal(record.damaged, 0);
        answers = record.answers;
        // Of all sessions so far: a request that was sent again and answered stays in doubt.
        shown = record.inFlight;
        if (killed) kills += 1;
        else done = true;
      }
      await check(folder, kills, shown);
      rmSync(folder, { recursive: true });
    },
    close: () => server.close(),
  };
}

/** Works on the run in a process of its own until it is done or dead. */
async function session(
  folder: string,
  { url, ledger }: LoopbackServer,
  run: TicketRun,
  at: string,
  moment?: Moment,
): Promise<{ readonly killed: boolean; readonly out: string }> {
  const child = spawn(process.execPath, [doomed, folder, url, JSON.stringify(run), at], {
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  const closed = once(child, 'close');
  if (moment) {
    const until = ledger.paid + moment.answers;
    while (ledger.paid < until && child.exitCode === null) await delay(1);
    await Promise.race([delay(moment.ms), closed]);
    child.kill('SIGKILL');
  }
  await closed;
  const killed = child.signalCode === 'SIGKILL';
  assert.ok(
    killed || child.exitCode === 0,
    `exit ${child.exitCode ?? child.signalCode ?? ''}: ${out}`,
  );
  return { killed, out };
}

/** What was sent before the kill is answered, and so paid, after it. */
async function settled({ ledger }: LoopbackServer): Promise<void> {
  const giveUp = Date.now() + 30_000;
  // A connection of the dead may still wait to be read: two quiet looks, and none is left.
  for (let quiet = 0; quiet < 2; quiet = ledger.inFlight === 0 ? quiet + 1 : 0) {
    assert.ok(Date.now() < giveUp, 'the server came to rest');
    await delay(5);
  }
}

/** The record of calls as the next session will read it, without changing it. */
async function recordIn(folder: string) {
  const runs = join(folder, '.prompts/triage/runs');
  const [runId] = listed(runs);
  const text = runId === undefined ? '' : textIn(join(runs, runId, 'calls.jsonl'));
  const log = await openCallLog(memoryFiles(new Map([['calls', text]])), 'calls');
  await log.close();
  return {
    inFlight: log.inFlight,
    damaged: log.damagedLines,
    answers: text.match(/"type":"settle"/g)?.length ?? 0,
  };
}

/** The texts of all versions: what is saved is byte for byte what was scored. */
async function savedTexts(folder: string, url: string): Promise<unknown> {
  const versions = await ticketEngine(folder, url).history.list('triage');
  return versions.map(({ prompt, origin }) => ({ prompt, origin }));
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
