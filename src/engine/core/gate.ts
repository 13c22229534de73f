/** What every request of a run passes before it is sent: a shut gate pauses the run. */
export interface Gate {
  isShut(): boolean;
  /** Resolves when the gate is open; at once where it is. */
  opened(): Promise<void>;
  /** Counts a request that has left; the function it answers says that it has come back. */
  sent(): () => void;
}

/** A gate with its handle. Open at first. */
export interface RunGate extends Gate {
  /** From now on nothing is sent; what was sent before comes back and is kept. */
  shut(): void;
  open(): void;
  /** Requests that have left and not come back. */
  underWay(): number;
}

/** A gate for one run; `onBack` is called when a request comes back while the gate is shut. */
export function runGate(onBack: () => void = () => undefined): RunGate {
  let shut = false;
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
    shut() {
      shut = true;
    },
    open() {
      shut = false;
      const freed = waiting;
      waiting = [];
      for (const go of freed) go();
    },
    underWay: () => underWay,
  };
}
