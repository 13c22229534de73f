/** Posts states to a view: never to a hidden one, and never faster than it may. */
export interface StatePoster {
  /** Says that the state has changed; it is posted as soon as it may be. */
  changed(): void;
  dispose(): void;
}

/** What a poster is handed. */
export interface StatePosterOptions {
  /** Takes the newest state at the moment of posting. */
  readonly post: (revision: number) => void;
  readonly isVisible: () => boolean;
  /** Shortest time between two posts, in milliseconds. */
  readonly interval: number;
}

/**
 * The first change is posted at once, those of the next moments together. A state that a hidden
 * view missed is not kept: the view asks for it when it is shown again.
 */
export function statePoster({ post, isVisible, interval }: StatePosterOptions): StatePoster {
  let revision = 0;
  let waiting: NodeJS.Timeout | undefined;
  let stale = false;

  const send = (): void => {
    stale = false;
    revision += 1;
    if (isVisible()) post(revision);
    waiting = setTimeout(() => {
      waiting = undefined;
      if (stale) send();
    }, interval);
  };
  return {
    changed() {
      if (waiting) stale = true;
      else send();
    },
    dispose: () => clearTimeout(waiting),
  };
}
