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
  const told = new Map<string, boolean>();
  const tell = (key: string, value: boolean): void => {
    if ((told.get(key) ?? false) === value) return;
    told.set(key, value);
    void vscodeCommands.executeCommand('setContext', key, value);
  };
  return {
    show(state) {
      const badge = runBadge(state);
      tell(contextKeys.running, badge !== undefined);
      tell(contextKeys.paused, state.run?.status === 'paused');
      tell(contextKeys.exportable, state.run?.exportable ?? false);
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
