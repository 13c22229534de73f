/** One vector of a reference implementation. Its inputs differ from metric to metric. */
export interface Vector {
  readonly id: string;
  readonly metric: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly predictions: unknown;
  readonly references: unknown;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly expected_tolerance?: Readonly<Record<string, number>>;
  readonly baseline?: unknown;
  readonly produced_by?: string;
  readonly note?: string;
  readonly tags?: readonly string[];
}

/** What our code gives for a vector, by the names of the expected figures. */
export type Figures = Readonly<Record<string, unknown>>;

/** Computes a vector's figures; throws an `EngineError` or `RangeError` where we refuse the input. */
export type Computation = (vector: Vector) => Figures;

/** The predictions of a vector as texts. */
export function textsOf(value: unknown): string[] {
  return value as string[];
}

/** References as a list for each row, whether they were given as lists or as single texts. */
export function referenceLists(value: unknown): string[][] {
  return (value as (string | string[])[]).map(each => (typeof each === 'string' ? [each] : each));
}

/** Numbers, of which NaN and infinities are written as texts; a text that is none becomes NaN. */
export function numbersOf(value: unknown): number[] {
  return (value as unknown[]).map(Number);
}
