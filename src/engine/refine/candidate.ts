import type { BrokenPromise, RefinementChange, PromptPart } from '../core/refinement.ts';
import type { ModelAnswer } from '../core/languageModel.ts';
import { attempts, type Attempt, type Desk } from './attempt.ts';
import { criticize, revisionMessages } from './critique.ts';
import { angleOf } from './instructionParts.ts';
import { refineMessages } from './instructions.ts';
import type { RewriteTask } from './rewriteTask.ts';

/** One rewrite as the model left it: seals in it, white space not yet that of the prompt. */
export interface RawCandidate {
  /** Absent where the answer held none. */
  readonly text: string | undefined;
  readonly changes: readonly RefinementChange[];
  readonly parts: readonly PromptPart[];
  /** Empty where every promise was kept. */
  readonly problems: readonly BrokenPromise[];
  readonly model: string;
  /** Every answer that was paid for it. */
  readonly answers: readonly ModelAnswer[];
  readonly notes: readonly string[];
}

/** Writes one candidate: draft and repair, then as many rounds of critique as were asked for. */
export async function writeCandidate(task: RewriteTask, desk: Desk): Promise<RawCandidate> {
  const drafts = await attempts(task, refineMessages(task, angleOf(desk.sample)), desk);
  const draft = drafts.at(-1) ?? drafts[0];
  const answers = drafts.map(each => each.answer);
  const isIterative = task.techniques.some(technique => technique.critique);
  if (!isIterative || draft.problems.length > 0) return rawCandidate(draft, answers, []);
  return criticized(task, draft, answers, desk);
}

async function criticized(
  task: RewriteTask,
  draft: Attempt,
  paid: readonly ModelAnswer[],
  desk: Desk,
): Promise<RawCandidate> {
  let best = draft;
  const answers = [...paid];
  for (let round = 1; round <= task.rounds; round += 1) {
    const critique = await criticize(best.read.text ?? '', task, desk.model, desk.signal);
    answers.push(critique.answer);
    if (critique.findings === undefined) {
      return rawCandidate(best, answers, ['The critic gave no judgement that could be read.']);
    }
    if (critique.findings.length === 0) return rawCandidate(best, answers, []);
    const messages = revisionMessages(
      best.messages,
      best.answer.text,
      critique.findings,
      task.tags,
    );
    const revisions = await attempts(task, messages, desk);
    answers.push(...revisions.map(each => each.answer));
    const revision = revisions.at(-1) ?? revisions[0];
    if (revision.problems.length > 0) {
      const why = revision.problems.map(problem => problem.message).join(' ');
      return rawCandidate(best, answers, [`Round ${round} of the critique was dropped: ${why}`]);
    }
    best = revision;
  }
  return rawCandidate(best, answers, []);
}

function rawCandidate(
  { read, parts, problems, answer }: Attempt,
  answers: readonly ModelAnswer[],
  notes: readonly string[],
): RawCandidate {
  return {
    text: read.text,
    changes: read.changes,
    parts,
    problems,
    model: answer.model,
    answers,
    notes,
  };
}
