import { CancelledError } from '../engine/index.ts';
import type { Engine, JudgeCheckCost, JudgeCheckResult } from '../engine/index.ts';
import { ProgressLocation, window, workspace } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import { formatCount, formatRange, formatTokens, formatUsd, plural } from '../panel/format.ts';
import { judgeCheckPage } from '../panel/judgeCheckPage.ts';
import type { RunForm } from '../panel/messages.ts';
import { agreementSentence } from '../panel/presentJudges.ts';
import { signalOf } from './cancellation.ts';
import type { Host } from './host.ts';
import { offer } from './offer.ts';
import { chooseJudgeCheck } from './chooseJudgeCheck.ts';
import type { JudgeCheckChoice } from './chooseJudgeCheck.ts';
import { readSettings } from './settings.ts';
import { requireFolder, requireTrust } from './trust.ts';

/** Lets a judge score answers that people have judged, and says how far the two agree. */
export async function checkJudge(host: Host, form: RunForm): Promise<void> {
  requireTrust();
  const folder = requireFolder();
  const engine = await host.engine(folder);
  const choice = await chooseJudgeCheck(engine, folder, form);
  if (!choice) return;
  const result = await ask(engine, folder, choice);
  const sentence = [agreementSentence(result), result.warning ?? ''].join(' ').trim();
  offer(result.warning === undefined ? 'information' : 'warning', sentence, {
    'Show rows': async () => {
      const content = judgeCheckPage(result);
      const document = await workspace.openTextDocument({ content, language: 'markdown' });
      await window.showTextDocument(document, { preview: false });
    },
  });
}

function ask(
  engine: Engine,
  folder: WorkspaceFolder,
  choice: JudgeCheckChoice,
): Thenable<JudgeCheckResult> {
  const title = `Checking the judge on ${choice.dataset}`;
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      let told = 0;
      return engine.checkJudge(
        {
          ...choice,
          settings: readSettings(folder.uri).run ?? {},
          allow: confirm,
          onRow: (done, rows) => {
            const share = (100 * done) / rows;
            progress.report({
              message: `${formatCount(done)} of ${plural(rows, 'row')}`,
              increment: share - told,
            });
            told = share;
          },
        },
        signalOf(token),
      );
    },
  );
}

/** Asks before money is spent, naming the sum. Throws a `CancelledError` where the answer is no. */
async function confirm({ model, rows, calls, tokens, usd }: JudgeCheckCost): Promise<void> {
  if (usd && usd.high <= 0) return;
  const sum = usd
    ? `about ${formatRange(usd, formatUsd)}`
    : `a sum that is not known: no price is listed for ${model}`;
  const start = 'Check';
  const chosen = await window.showWarningMessage(
    `Checking this judge will cost ${sum}.`,
    {
      modal: true,
      detail: `${formatCount(calls)} calls of ${model} for ${plural(rows, 'row')}, ${formatRange(tokens, formatTokens)} tokens.`,
    },
    start,
  );
  if (chosen !== start) throw new CancelledError();
}
