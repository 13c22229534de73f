import { commands as vscodeCommands } from 'vscode';
import type { Remedy } from '../../engine/index.ts';
import type { PanelMessage } from '../../panel/messages.ts';
import { addFixedAnswer } from '../addFixedAnswer.ts';
import { placeIn } from '../addRow.ts';
import { openAnswerDiff, openCandidateAnswer } from '../answerDocuments.ts';
import { openCandidateDiff } from '../candidateDocuments.ts';
import { exportResults } from '../exportResults.ts';
import type { Host } from '../host.ts';
import { commands } from '../ids.ts';
import { notify } from '../notify.ts';
import { offer } from '../offer.ts';
import { isRemedy, takeRemedy } from '../remedies.ts';
import { requireFolder, requireTrust } from '../trust.ts';
import { pickDataset } from './datasetChoice.ts';
import { pickMetrics } from './metricsPick.ts';
import { openDataset, openPrompt } from './openChoices.ts';
import type { PanelModel } from './panelModel.ts';
import { pickPrompt } from './promptChoice.ts';
import { openReport, showFiles } from './replayRun.ts';
import { pickSlices } from './slicesPick.ts';
import { announceEnd } from './announceEnd.ts';
import type { RunSession } from './runSession.ts';

/** Does what a person asked for in the panel. */
export async function obeyPanel(
  host: Host,
  model: PanelModel,
  message: PanelMessage,
): Promise<void> {
  switch (message.type) {
    case 'panel-ready':
      return model.wake();
    case 'form-change':
      return model.changeForm(message.form);
    case 'prompt-pick': {
      const prompt = await pickPrompt(await model.engine(), requireFolder(), host.sources);
      return prompt && model.changeForm({ prompt });
    }
    case 'prompt-open':
      return openPrompt(requireFolder(), model.form().prompt);
    case 'dataset-pick': {
      const dataset = await pickDataset(requireFolder());
      return dataset === undefined ? undefined : model.changeForm({ ...newFile, dataset });
    }
    case 'dataset-open':
      return openDataset(requireFolder(), model.form().dataset);
    case 'dataset-preview': {
      const { dataset, encoding } = model.form();
      await vscodeCommands.executeCommand(commands.previewDataset, { dataset, encoding });
      return;
    }
    case 'dataset-problems':
      await vscodeCommands.executeCommand('workbench.panel.markers.view.focus');
      return;
    case 'metrics-pick': {
      const otherMetrics = await pickMetrics(model.metrics(), model.form().otherMetrics);
      return otherMetrics && model.changeForm({ otherMetrics });
    }
    case 'judge-check':
      await vscodeCommands.executeCommand(commands.checkJudge);
      return;
    case 'results-export':
      return exportResults(host, message.runId);
    case 'run-start':
      await model.changeForm(message.form);
      {
        watch(host, model, await model.start());
        return;
      }
    case 'prompt-test':
      await model.changeForm(message.form);
      await vscodeCommands.executeCommand(commands.testPrompt);
      return;
    case 'estimate-again':
      return model.countAgain();
    case 'estimate-probe':
      return model.probe();
    case 'run-resume': {
      watch(host, model, await model.resume(message.runId));
      return;
    }
    case 'run-pause':
      return model.run.session()?.pause();
    case 'run-continue':
      return model.run.session()?.goOn();
    case 'run-cancel':
      return model.run.session()?.cancel();
    case 'run-show':
      return model.show(message.runId);
    case 'run-close': {
      model.run.close();
      return;
    }
    case 'trial-select': {
      model.run.select(message.number);
      return;
    }
    case 'row-open': {
      const state = model.run.session()?.state();
      return state && openAnswerDiff(requireFolder(), state, message.exampleId);
    }
    case 'heat-open': {
      const state = model.run.session()?.state();
      return state && openCandidateAnswer(requireFolder(), state, message);
    }
    case 'heat-show': {
      model.run.showHeat(message);
      return;
    }
    case 'row-fix': {
      const { header } = model.run.session()?.state() ?? {};
      return header && addFixedAnswer(host, placeIn(model.form()), header.runId, message.exampleId);
    }
    case 'slices-pick': {
      const state = model.run.session()?.state();
      const engine = await model.engine();
      const column = state && (await pickSlices(engine, state, model.form()));
      return column === undefined ? undefined : model.run.lookInto(engine, [column]);
    }
    case 'candidate-diff':
      return openDiff(model, message.candidateId);
    case 'rows-show': {
      model.run.showRows(message);
      return;
    }
    case 'version-save':
      return saveVersion(host, model, message.candidateId);
    case 'demo-start':
      await vscodeCommands.executeCommand(commands.tryDemo);
      return;
    case 'report-open':
      return openReport(await model.engine(), requireFolder(), message.runId);
    case 'files-show':
      return showFiles(await model.engine(), requireFolder(), message.runId);
    case 'remedy':
      return isRemedy(message.id) ? leadOut(model, message.id) : undefined;
  }
}

/** Where the way out is in the form itself, a run that is shown makes room for it. */
async function leadOut(model: PanelModel, remedy: Remedy): Promise<void> {
  switch (remedy) {
    case 'open-dataset':
      return openDataset(requireFolder(), model.form().dataset);
    case 'choose-columns':
    case 'choose-model':
      if (!model.run.session()) return takeRemedy(remedy);
      model.run.close();
      return;
    default:
      return takeRemedy(remedy);
  }
}

/** What is said of one file holds for no other. */
const newFile = {
  encoding: '',
  references: '',
  labels: '',
  messages: '',
  context: '',
  note: '',
  split: '',
} as const;

/** Goes on when the run is over; the person is told of its end wherever they are by then. */
function watch(host: Host, model: PanelModel, session: RunSession | undefined): void {
  session?.finished.then(
    () => {
      const { header, ended } = session.state();
      host.log.info(`run ${header?.runId ?? '?'} ended: ${ended?.reason ?? 'without a reason'}`);
      host.versionsChanged();
      announceEnd(session.state(), candidateId => saveVersion(host, model, candidateId));
    },
    (error: unknown) => {
      // Before the first event there is no run to show, only a request to correct.
      if (!session.state().header) model.run.close();
      notify(error, host.log);
    },
  );
}

async function openDiff(model: PanelModel, candidateId: string): Promise<void> {
  const state = model.run.session()?.state();
  if (state) await openCandidateDiff(requireFolder(), state, candidateId);
}

async function saveVersion(host: Host, model: PanelModel, candidateId: string): Promise<void> {
  requireTrust();
  const version = await model.run.keep(await model.engine(), candidateId);
  if (!version) return;
  host.versionsChanged();
  offer('information', `Saved as ${version.promptName} v${version.number} in .prompts.`, {
    Compare: () => vscodeCommands.executeCommand(commands.compareVersions, version),
    Open: () => vscodeCommands.executeCommand(commands.openVersion, version),
  });
}
