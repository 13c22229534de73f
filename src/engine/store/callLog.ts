import type { CallRecord } from '../core/callRecord.ts';
import type { Files } from '../core/files.ts';
import type { ModelAnswer } from '../core/languageModel.ts';
import { totalTokens, type Amount } from '../core/usage.ts';
import { callLine, parseCallLine, type CallEntry } from './callLines.ts';
import { wholeLines } from './eventLines.ts';

/** The record of a run's paid calls in one file, `calls.jsonl`. */
export interface CallLog extends CallRecord {
  /**
   * What every session has spent: answers at what they cost, and what may have been billed without
   * an answer at the most that it can have cost.
   */
  readonly spent: Amount;
  /** How long earlier sessions were at work, up to their last recorded answer, in milliseconds. */
  readonly ranMs: number;
  settle(key: string, answer: ModelAnswer, ran?: number): Promise<void>;
  /** Requests of earlier sessions that were sent without a recorded answer: may be paid twice. */
  readonly inFlight: number;
  /** Lines that a flipped bit or a foreign hand made unreadable; their answers are asked again. */
  readonly damagedLines: number;
  /**
   * The machine stopped under the session before this one: its requests under way may not be in the
   * record. So many of the dearest kind are booked as sent and unanswered, for good; `least` is what
   * one may have cost at most where the record holds none.
   */
  doubt(requests: number, least: Amount): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the record and reads back what earlier sessions paid for. `settle` resolves when the
 * answer is on the disk; until then `find` does not show it. An answer that could not be written
 * (full disk) stays in memory and is written with the next line.
 */
export async function openCallLog(files: Files, path: string): Promise<CallLog> {
  const log = await files.openLog(path);
  const entries = wholeLines((await files.read(path)) ?? '').map(parseCallLine);
  const answers = new Map<string, ModelAnswer>();
  /** Key → the worst case of one request, and how many have neither an answer nor a failure. */
  const doubtful = new Map<string, { readonly most: Amount; open: number }>();
  const unwritten = new Set<string>();
  let settled = nothing;
  let ranMs = 0;

  function take(entry: CallEntry): void {
    const { open = 0, most = nothing } = doubtful.get(entry.key) ?? {};
    if (entry.type === 'intend') {
      doubtful.set(entry.key, { most: entry.most, open: open + 1 });
      return;
    }
    doubtful.set(entry.key, { most, open: Math.max(0, open - 1) });
    if (entry.type === 'fail') {
      settled = plus(settled, most, entry.possiblyPaid);
      return;
    }
    const { usage } = entry.answer;
    ranMs = Math.max(ranMs, entry.ran ?? 0);
    answers.set(entry.key, entry.answer);
    // Another run has paid for it.
    if (usage.cached) return;
    settled = plus(settled, {
      calls: usage.calls,
      tokens: totalTokens(usage),
      usd: usage.usd ?? 0,
    });
  }

  function writeLate(): void {
    for (const line of unwritten) {
      log.write(line);
      unwritten.delete(line);
    }
  }

  const openRequests = (): number =>
    [...doubtful.values()].reduce((sum, { open }) => sum + open, 0);
  const inDoubt = (): Amount =>
    [...doubtful.values()].reduce((sum, { most, open }) => plus(sum, most, open), nothing);

  for (const entry of entries) if (entry) take(entry);

  return {
    get spent() {
      return plus(settled, inDoubt());
    },
    get inFlight() {
      return openRequests();
    },
    ranMs,
    damagedLines: entries.filter(entry => !entry).length,
    find: key => answers.get(key),
    intend(key, most) {
      writeLate();
      log.write(callLine({ type: 'intend', key, most }));
    },
    fail(key, possiblyPaid) {
      const line = callLine({ type: 'fail', key, possiblyPaid });
      // What may have been billed outlives a power cut too; nobody has to wait for that.
      log.append(line).catch(() => unwritten.add(line));
    },
    async settle(key, answer, ran) {
      const entry = { type: 'settle' as const, key, answer };
      const line = callLine(ran === undefined ? entry : { ...entry, ran: Math.round(ran) });
      try {
        writeLate();
        await log.append(line);
      } catch (error) {
        unwritten.add(line);
        throw error;
      }
      answers.set(key, answer);
    },
    async doubt(requests, least) {
      const most = [...doubtful.values()].reduce((top, each) => larger(top, each.most), least);
      for (let number = 1; number <= requests; number += 1) {
        const entry = { type: 'intend' as const, key: `lost ${entries.length} ${number}`, most };
        take(entry);
        // On the disk before anything else is sent: the power may go a second time.
        await log.append(callLine(entry));
      }
    },
    async close() {
      try {
        writeLate();
      } finally {
        await log.close();
      }
    },
  };
}

const nothing: Amount = { calls: 0, tokens: 0, usd: 0 };

function larger(left: Amount, right: Amount): Amount {
  return {
    calls: Math.max(left.calls, right.calls),
    tokens: Math.max(left.tokens, right.tokens),
    usd: Math.max(left.usd, right.usd),
  };
}

function plus(left: Amount, right: Amount, times = 1): Amount {
  return {
    calls: left.calls + right.calls * times,
    tokens: left.tokens + right.tokens * times,
    usd: left.usd + right.usd * times,
  };
}
