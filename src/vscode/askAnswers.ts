import { QuickInputButtons, window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import { CancelledError, techniques } from '../engine/index.ts';
import type { AnsweredQuestion, RefineQuestion, RefineRequest } from '../engine/index.ts';
import { withModel } from './askModel.ts';
import type { Host } from './host.ts';
import type { PromptSource } from './refinementReview.ts';

/**
 * Where a chosen technique asks first: has the model find its questions and the person answer them,
 * one a step. Throws a `CancelledError` where the person steps back from the first or escapes.
 */
export async function askAnswers(
  host: Host,
  source: PromptSource,
  request: RefineRequest,
): Promise<Pick<RefineRequest, 'answers'>> {
  const chosen = request.techniques ?? [];
  if (!techniques.some(({ name, asksFirst }) => asksFirst && chosen.includes(name))) return {};
  const title = 'Looking for what the prompt leaves open…';
  const { questions } = await withModel(host, source, title, (engine, signal) =>
    engine.questions(request, signal),
  );
  return { answers: await answersOf(questions) };
}

async function answersOf(questions: readonly RefineQuestion[]): Promise<AnsweredQuestion[]> {
  const answers: string[] = [];
  for (let at = 0; at < questions.length;) {
    const answer = await step(questions, at, answers[at] ?? '');
    if (answer === undefined || (answer === 'back' && at === 0)) throw new CancelledError();
    if (answer === 'back') at -= 1;
    else {
      answers[at] = answer.text;
      at += 1;
    }
  }
  return questions.map(({ question }, at) => ({ question, answer: answers[at] ?? '' }));
}

interface AnswerItem extends QuickPickItem {
  /** Empty skips the question. */
  readonly text: string;
}

/** One question: an answer to choose or to type, a step back, or undefined for Escape. */
function step(
  questions: readonly RefineQuestion[],
  at: number,
  earlier: string,
): Promise<{ readonly text: string } | 'back' | undefined> {
  const pick = window.createQuickPick<AnswerItem>();
  const { question = '', why = '', suggestions = [] } = questions[at] ?? {};
  const offered: readonly AnswerItem[] = [
    ...suggestions.map(text => ({ label: text, text })),
    { label: '$(debug-step-over) Skip this question', text: '', alwaysShow: true },
  ];
  const showItems = (typed: string): void => {
    const own = typed.trim();
    const isNew = own !== '' && !suggestions.includes(own);
    pick.items = isNew
      ? [{ label: own, description: 'your answer', text: own }, ...offered]
      : offered;
  };
  pick.title = question;
  pick.placeholder = [why, 'Choose an answer, or type your own.'].filter(Boolean).join(' ');
  pick.step = at + 1;
  pick.totalSteps = questions.length;
  pick.buttons = at > 0 ? [QuickInputButtons.Back] : [];
  pick.ignoreFocusOut = true;
  pick.value = earlier;
  showItems(earlier);
  return new Promise(done => {
    pick.onDidChangeValue(showItems);
    pick.onDidTriggerButton(() => {
      done('back');
      pick.hide();
    });
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (!chosen) return;
      done({ text: chosen.text });
      pick.hide();
    });
    pick.onDidHide(() => {
      done(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
