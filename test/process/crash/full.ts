/**
 * Every kill, where the process ring makes do with a sample; takes about an hour, less with TMPDIR
 * in memory (a kill does not undo what the operating system has).
 *
 *   npm run crash                      both parts
 *   npm run crash -- operations        before and after every file operation of a 200-row run
 *   npm run crash -- moments           at 1,000 random moments of 2,000-row runs, 16 calls at once
 */
import process from 'node:process';
import { killingGround, type KillingGround } from './killing.ts';
import { drawnMoments } from './moments.ts';
import type { TicketRun } from './ticketRun.ts';

const named = process.argv.slice(2);
const wanted = (part: string): boolean => named.length === 0 || named.includes(part);

/** In eight rounds over the whole run, so that one that is stopped early has looked everywhere. */
const rounds = [0, 4, 2, 6, 1, 5, 3, 7];

async function everyOperation(run: TicketRun, step: number): Promise<void> {
  await over(run, 2, async ground => {
    for (const round of rounds) {
      for (let number = 1 + round * step; number <= ground.operations; number += 8 * step) {
        await ground.killAt(`${number}-`);
        await ground.killAt(`${number}+`);
      }
      tell(`round of ${rounds.length} over ${ground.operations} operations`, ground);
    }
  });
}

async function randomMoments(run: TicketRun, kills: number): Promise<void> {
  await over(run, 2, async ground => {
    const moments = drawnMoments(2 * kills, 200, 20_261_120);
    while (ground.figures.kills < kills) {
      await ground.killAfter(moments);
      tell(`${kills} kills wanted`, ground);
    }
  });
}

async function over(
  run: TicketRun,
  latencyMs: number,
  work: (ground: KillingGround) => Promise<void>,
): Promise<void> {
  const ground = await killingGround(run, latencyMs);
  try {
    await work(ground);
    tell(`done: ${run.kind}, ${run.rows} rows, concurrency ${run.concurrency}`, ground);
  } finally {
    await ground.close();
  }
}

function tell(what: string, { figures }: KillingGround): void {
  const { kills, runs, paidAgain, mostPaidAgain, shownInFlight } = figures;
  console.log(
    `${what}: ${kills} kills in ${runs} runs, 0 recorded answers lost, ${paidAgain} paid again ` +
      `(${mostPaidAgain} at most in a run), ${shownInFlight} shown as in flight`,
  );
}

if (wanted('operations')) {
  await everyOperation({ kind: 'evaluate', rows: 200, concurrency: 8 }, 1);
  await everyOperation({ kind: 'optimize', rows: 200, concurrency: 8 }, 7);
}
if (wanted('moments')) {
  await randomMoments({ kind: 'evaluate', rows: 2_000, concurrency: 16 }, 1_000);
}
