import { window } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import type { Engine, JudgeCheckRequest } from '../engine/index.ts';
import type { RunForm } from '../panel/messages.ts';
import { pickDataset } from './panel/datasetChoice.ts';

/** What a check of a judge is asked for. */
export type JudgeCheckChoice = Pick<
  JudgeCheckRequest,
  'metric' | 'dataset' | 'answer' | 'human' | 'mapping'
>;

const likelyAnswer = /^(output|answer|response|completion|prediction)$/iu;
const likelyHuman = /^(human|verdict|good|label|correct|approved|pass(ed)?|person|rating)$/iu;
const likelyInput = /^(input|question|prompt|ticket|text|query)$/iu;

/** Asks which judge is to be checked, and where the answers and the people's verdicts are. */
export async function chooseJudgeCheck(
  engine: Engine,
  folder: WorkspaceFolder,
  form: RunForm,
): Promise<JudgeCheckChoice | undefined> {
  const metric = await pickJudge(form);
  if (metric === undefined) return undefined;
  const dataset = await pickDataset(folder, 'Which file has answers that people have judged?');
  if (dataset === undefined) return undefined;
  const { columns, suggested } = await engine.preview(dataset);
  const answer = await pickColumn(columns, likelyAnswer, 'Which column has the answers?');
  if (answer === undefined) return undefined;
  const left = columns.filter(column => column !== answer);
  const human = await pickColumn(
    left,
    likelyHuman,
    'Which column says what a person thought of them?',
    'Yes or no, good or bad, pass or fail, true or false, 1 or 0',
  );
  if (human === undefined) return undefined;
  const shown = left.filter(column => column !== human);
  const isClear = Object.values(suggested?.inputs ?? {}).some(column => shown.includes(column));
  if (isClear || shown.length === 0) return { metric, dataset, answer, human };
  const input = await pickColumn(shown, likelyInput, 'Which column was the question?');
  return input === undefined
    ? undefined
    : { metric, dataset, answer, human, mapping: { inputs: { input } } };
}

/** A judge of the form, or one by its rubric. */
async function pickJudge({ metric, metricOptions, otherMetrics }: RunForm) {
  const options = metricOptions.trim();
  const first = options === '' ? metric : `${metric}:${options}`;
  const judges = [first, ...otherMetrics].filter(name => /^judge(_pair)?:/u.test(name));
  const [only, ...more] = judges;
  if (only !== undefined && more.length === 0) return only;
  const typed = '$(edit) Another one, by its rubric…';
  const picked =
    judges.length === 0
      ? typed
      : await window.showQuickPick([...judges, typed], { title: 'Which judge is to be checked?' });
  if (picked !== typed) return picked;
  const rubric = await window.showInputBox({
    title: 'What does the judge look at?',
    prompt: 'Its rubric, in the words that the metric will have.',
    placeHolder: 'Is the answer polite?',
    ignoreFocusOut: true,
  });
  return rubric?.trim() ? `judge:rubric=${rubric.trim()}` : undefined;
}

/** The likely ones first. */
async function pickColumn(
  columns: readonly string[],
  likely: RegExp,
  title: string,
  placeHolder = 'Choose a column',
): Promise<string | undefined> {
  const first = columns.filter(column => likely.test(column));
  const rest = columns.filter(column => !likely.test(column));
  return window.showQuickPick([...first, ...rest], { title, placeHolder, ignoreFocusOut: true });
}
