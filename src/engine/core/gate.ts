/** What every request of a run passes before it is sent: a shut gate pauses the run. */
export interface Gate {
  isShut(): boolean;
  /** Resolves when the gate is open; at once where it is. */
  opened(): Promise<void>;
  /** Counts a request that has left; the function it answers says that it has come back. */
  sent(): () => void;
  /** How long it has been shut, all together, in milliseconds. */
  shutMs(): number;
}

/** A gate with its handle. Open at first. */
export interface RunGate extends Gate {
  /** From now on nothing is sent; what was sent before comes back and is kept. */
  shut(): void;
  open(): void;
  /** Requests that have left and not come back. */
  underWay(): number;
}

/**
 * A gate for one run.
 *
 * @param onBack called when a request comes back while the gate is shut
 * @param now a clock in milliseconds; without one no time passes while it is shut
 */
export function runGate(
  onBack: () => void = () => undefined,
  now: () => number = () => 0,
): RunGate {
  let shut = false;
  let shutAt = 0;
  let shutBefore = 0;
  let underWay = 0;
  let waiting: (() => void)[] = [];
  return {
    isShut: () => shut,
    opened: () => (shut ? new Promise(resolve => waiting.push(resolve)) : Promise.resolve()),
    sent() {
      underWay += 1;
      return () => {
        underWay -= 1;
        if (shut) onBack();
      };
    },
    shutMs: () => shutBefore + (shut ? now() - shutAt : 0),
    shut() {
      if (!shut) shutAt = now();
      shut = true;
    },
    open() {
      if (shut) shutBefore += now() - shutAt;
      shut = false;
      const freed = waiting;
      waiting = [];
      for (const go of freed) go();
    },
    underWay: () => underWay,
  };
}
