import type { HostMessage, PanelState } from './messages.ts';
import { patchOf } from './patch.ts';

/** Knows what a page has been sent, so that only what has changed since is sent to it. */
export interface HostMessages {
  /** The message that brings the page to this state; undefined where it is there already. */
  next(revision: number, state: PanelState): HostMessage | undefined;
  /** The page has nothing any more: it was hidden, or has been loaded anew. */
  forget(): void;
}

/** Messages for one page, which has been sent nothing yet. */
export function hostMessages(): HostMessages {
  let sent: { readonly revision: number; readonly state: PanelState } | undefined;
  return {
    next(revision, state) {
      const before = sent;
      const patch = before && patchOf(before.state, state);
      if (before && !patch) return undefined;
      sent = { revision, state };
      return before && patch
        ? { type: 'change', revision, since: before.revision, patch }
        : { type: 'state', revision, state };
    },
    forget() {
      sent = undefined;
    },
  };
}
