import { commands as vscodeCommands, Uri, workspace } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import { RequestError } from '../engine/index.ts';
import { blankForm } from '../panel/readForm.ts';
import type { Host } from './host.ts';
import { commands, views } from './ids.ts';
import { guarded } from './notify.ts';
import type { OptimizationPanel } from './optimizationPanel.ts';
import { requireFolder, requireTrust } from './trust.ts';

/** Where the sample is put, below the open folder. The file's name becomes the prompt's. */
const demoFolder = 'prompt-refiner-demo';
const sampleFiles = { 'triage.md': 'prompt.md', 'tickets.csv': 'tickets.csv' } as const;

/** Try the Demo: copies the sample into the folder and runs it with the simulated models. */
export function tryDemo(host: Host, panel: OptimizationPanel): void {
  host.context.subscriptions.push(
    vscodeCommands.registerCommand(commands.tryDemo, () =>
      guarded(host.log, async () => {
        requireTrust();
        refuseWhileRunning(panel);
        await copySample(host, requireFolder());
        await vscodeCommands.executeCommand(`${views.run}.focus`);
        await panel.send({ type: 'run-close' });
        await panel.send({ type: 'run-start', form: demoForm });
      }),
    ),
  );
}

const demoForm = {
  ...blankForm(),
  prompt: { kind: 'file', path: `${demoFolder}/triage.md` },
  dataset: `${demoFolder}/tickets.csv`,
  expected: 'label',
  metric: 'accuracy',
  taskModel: 'demo:task',
  optimizerModel: 'demo:optimizer',
} as const;

function refuseWhileRunning(panel: OptimizationPanel): void {
  const status = panel.state().run?.status;
  if (status === 'running' || status === 'cancelling') {
    throw new RequestError('A run is under way. Wait for its end, or cancel it first.');
  }
}

// A file that is there is left alone: the person may have begun to change it.
async function copySample(host: Host, folder: WorkspaceFolder): Promise<void> {
  for (const [copy, sample] of Object.entries(sampleFiles)) {
    const target = Uri.joinPath(folder.uri, demoFolder, copy);
    if (await exists(target)) continue;
    await workspace.fs.copy(host.shipped('examples', 'triage', sample), target);
  }
}

async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
