import type { Gate } from './core/gate.ts';

/** How long a run has been at work, in milliseconds. */
export type RunClock = () => number;

/**
 * Counts from now on, on top of what earlier sessions ran; while the gate is shut it stands still.
 *
 * @param earlierMs what the sessions before have run
 * @param now milliseconds since 1970
 */
export function runClock(earlierMs: number, now: () => number, gate?: Gate): RunClock {
  const began = now();
  const shutBefore = gate?.shutMs() ?? 0;
  return () => earlierMs + Math.max(0, now() - began - ((gate?.shutMs() ?? 0) - shutBefore));
}
