import { commands as vscodeCommands, StatusBarAlignment, window } from 'vscode';
import type { PanelState } from '../../panel/messages.ts';
import type { Resource } from '../host.ts';
import { contextKeys, views } from '../ids.ts';

/** Shows a running run outside of the panel: in the status bar and as a context key. */
export interface RunStatus extends Resource {
  show(state: PanelState): void;
}

/** What the view's icon says of a running run; undefined while none is running. */
export function runBadge({ run }: PanelState): { value: number; tooltip: string } | undefined {
  if (!run?.underWay) return undefined;
  const trial = run.trials.at(-1)?.number ?? 0;
  return { value: Math.max(1, trial), tooltip: trial > 0 ? `Trial ${trial}: ${run.now}` : run.now };
}

/** The status-bar item of runs; hidden while none is running. */
export function runStatus(): RunStatus {
  const item = window.createStatusBarItem('promptRefiner.run', StatusBarAlignment.Left);
  item.name = 'Prompt Refiner run';
  item.command = `${views.run}.focus`;
  let wasRunning = false;
  let wasExportable = false;
  return {
    show(state) {
      const badge = runBadge(state);
      const running = badge !== undefined;
      if (running !== wasRunning) {
        wasRunning = running;
        void vscodeCommands.executeCommand('setContext', contextKeys.running, running);
      }
      const exportable = state.run?.exportable ?? false;
      if (exportable !== wasExportable) {
        wasExportable = exportable;
        void vscodeCommands.executeCommand('setContext', contextKeys.exportable, exportable);
      }
      if (!badge || !state.run) {
        item.hide();
        return;
      }
      const { trials, best, now } = state.run;
      const trial = trials.at(-1)?.number;
      const where = trial === undefined ? 'measuring the original' : `trial ${trial}`;
      item.text = `$(${state.run.status === 'paused' ? 'debug-pause' : 'sync~spin'}) ${where}${best ? ` · best ${best.value.toFixed(2)}` : ''}`;
      item.tooltip = `Prompt Refiner: ${now}`;
      item.show();
    },
    dispose: () => item.dispose(),
  };
}
