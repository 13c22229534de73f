/** Counts the tokens of texts for one model. */
export interface Tokenizer {
  /** Tokens of a text, without the frame of a message. */
  count(text: string): number;
  /** Whether this is the model's own way of counting; otherwise the count is an estimate. */
  readonly exact: boolean;
}
