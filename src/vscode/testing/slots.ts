/** When each row began: the pool takes rows in the file's order, so many at a time. */
export interface Slots {
  /** Rows have begun: as many as there are places. */
  open(): void;
  /**
   * A row has ended, so the next one begins.
   *
   * @returns how long it took in milliseconds; undefined where its beginning is not known
   */
  end(id: string): number | undefined;
}

/**
 * @param ids the rows in their order
 * @param places how many are under way at the same time
 * @param onBegin called with every row that begins
 */
export function rowSlots(
  ids: readonly string[],
  places: number,
  clock: () => number,
  onBegin: (id: string) => void,
): Slots {
  const begun = new Map<string, number>();
  const waiting = ids[Symbol.iterator]();
  const begin = (): void => {
    const next = waiting.next();
    if (next.done === true) return;
    begun.set(next.value, clock());
    onBegin(next.value);
  };
  return {
    open() {
      for (let place = 0; place < places; place++) begin();
    },
    end(id) {
      const began = begun.get(id);
      begin();
      return began === undefined ? undefined : clock() - began;
    },
  };
}
