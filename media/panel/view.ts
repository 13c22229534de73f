import type { PanelMessage, PanelState, RunForm } from '../../src/panel/messages.ts';

/** What every part of the page is drawn from, and what it may ask for. */
export interface View {
  readonly state: PanelState;
  /** The form with the person's drafts in it. */
  readonly form: RunForm;
  /** Milliseconds since 1970, for what counts down. */
  readonly now: number;
  /** Draws the page again from what it has. */
  readonly redraw: () => void;
  readonly send: (message: PanelMessage) => void;
  /** A field has a new text; `settled` when the person has finished with it. */
  readonly edit: (field: string, value: string, settled: boolean) => void;
}
