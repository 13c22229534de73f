import { commands as vscodeCommands, StatusBarAlignment, window } from 'vscode';
import type { RunGlance } from '../../panel/presentGlance.ts';
import type { Resource } from '../host.ts';
import { contextKeys, views } from '../ids.ts';

/** Shows a running run outside of the panel: in the status bar and as a context key. */
export interface RunStatus extends Resource {
  /** Undefined where no run is shown. */
  show(run: RunGlance | undefined): void;
}

/** What the view's icon says of a running run; undefined while none is running. */
export function runBadge(
  run: RunGlance | undefined,
): { value: number; tooltip: string } | undefined {
  if (!run?.underWay) return undefined;
  const { trial, now } = run;
  return { value: Math.max(1, trial), tooltip: trial > 0 ? `Trial ${trial}: ${now}` : now };
}

/** The status-bar item of runs; hidden while none is running. */
export function runStatus(): RunStatus {
  const item = window.createStatusBarItem('promptRefiner.run', StatusBarAlignment.Left);
  item.name = 'Prompt Refiner run';
  item.command = `${views.run}.focus`;
  const told = new Map<string, boolean>();
  const tell = (key: string, value: boolean): void => {
    if ((told.get(key) ?? false) === value) return;
    told.set(key, value);
    void vscodeCommands.executeCommand('setContext', key, value);
  };
  return {
    show(run) {
      tell(contextKeys.running, run?.underWay ?? false);
      tell(contextKeys.paused, run?.paused ?? false);
      tell(contextKeys.exportable, run?.exportable ?? false);
      if (!run?.underWay) {
        item.hide();
        return;
      }
      const { trial, best, now, paused } = run;
      const where = trial === 0 ? 'measuring the original' : `trial ${trial}`;
      item.text = `$(${paused ? 'debug-pause' : 'sync~spin'}) ${where}${best === undefined ? '' : ` · best ${best.toFixed(2)}`}`;
      item.tooltip = `Prompt Refiner: ${now}`;
      item.show();
    },
    dispose: () => item.dispose(),
  };
}
