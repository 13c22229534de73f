import type { RemedyButton } from '../../src/panel/messages.ts';
import type { View } from './view.ts';

/** Asks for the way out of a problem; going on with the shown run names that run. */
export function sendRemedy(view: Pick<View, 'state' | 'send'>, remedy: RemedyButton): void {
  const { run } = view.state;
  if (remedy.id === 'resume' && run) view.send({ type: 'run-resume', runId: run.runId });
  else view.send({ type: 'remedy', id: remedy.id });
}
