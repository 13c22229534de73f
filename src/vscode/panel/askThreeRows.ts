import { ProgressLocation, window } from 'vscode';
import { CancelledError, type Engine, type Estimate } from '../../engine/index.ts';
import type { OptimizeRequest, Probe } from '../../engine/index.ts';
import { plural } from '../../panel/format.ts';
import { signalOf } from '../cancellation.ts';
import { offer } from '../offer.ts';

/**
 * Asks the task model about three rows, which the run will not pay again. The button has named the
 * sum; where no price is listed, the person is asked once more.
 *
 * @returns undefined where the person said no or cancelled, or no row was answered
 */
export async function askThreeRows(
  engine: Engine,
  request: OptimizeRequest,
  { threeRows, taskModel }: Estimate,
): Promise<Probe | undefined> {
  const title = `Asking ${taskModel} about ${plural(threeRows.calls, 'row')}`;
  if (threeRows.usd === undefined && !(await mayCostUnknown(title, taskModel))) return undefined;
  try {
    const probe = await window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (_, token) => engine.probe(request, 'optimize', signalOf(token)),
    );
    if (!probe) offer('warning', 'None of the rows was answered; the estimate stays as it was.');
    return probe;
  } catch (error) {
    if (error instanceof CancelledError) return undefined;
    throw error;
  }
}

async function mayCostUnknown(title: string, taskModel: string): Promise<boolean> {
  const ask = 'Ask';
  const detail = `No price is listed for ${taskModel}, so what this costs is not known.`;
  return (await window.showWarningMessage(`${title}?`, { modal: true, detail }, ask)) === ask;
}
