import type { CallRecord } from '../core/callRecord.ts';
import type { Files } from '../core/files.ts';
import type { ModelAnswer } from '../core/languageModel.ts';
import { addUsage, noSpending, type Spending } from '../core/usage.ts';
import { callLine, parseCallLine, type CallEntry } from './callLines.ts';
import { wholeLines } from './eventLines.ts';

/** The record of a run's paid calls in one file, `calls.jsonl`. */
export interface CallLog extends CallRecord {
  /** Usage of every recorded answer, those of earlier sessions included. */
  readonly spent: Spending;
  /** Requests of earlier sessions that were sent without a recorded answer: may be paid twice. */
  readonly inFlight: number;
  /** Lines that a flipped bit or a foreign hand made unreadable; their answers are asked again. */
  readonly damagedLines: number;
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
  const unsettled = new Map<string, number>();
  const unwritten = new Set<string>();
  let spent = noSpending;

  function take(entry: CallEntry): void {
    const open = unsettled.get(entry.key) ?? 0;
    if (!entry.answer) {
      unsettled.set(entry.key, open + 1);
      return;
    }
    unsettled.set(entry.key, Math.max(0, open - 1));
    answers.set(entry.key, entry.answer);
    spent = addUsage(spent, entry.answer.usage);
  }

  function writeLate(): void {
    for (const line of unwritten) {
      log.write(line);
      unwritten.delete(line);
    }
  }

  for (const entry of entries) if (entry) take(entry);
  const inFlight = [...unsettled.values()].reduce((sum, open) => sum + open, 0);

  return {
    get spent() {
      return spent;
    },
    inFlight,
    damagedLines: entries.filter(entry => !entry).length,
    find: key => answers.get(key),
    intend(key) {
      writeLate();
      log.write(callLine({ key }));
    },
    async settle(key, answer) {
      const line = callLine({ key, answer });
      try {
        writeLate();
        await log.append(line);
      } catch (error) {
        unwritten.add(line);
        throw error;
      }
      take({ key, answer });
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
