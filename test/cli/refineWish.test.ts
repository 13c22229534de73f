import assert from 'node:assert/strict';
import { chosenCandidate } from '../../src/cli/refineCandidates.ts';
import { requestOf } from '../../src/cli/refineWish.ts';
import type { Shell } from '../../src/cli/shell.ts';
import { refine } from '../../src/engine/refine/refine.ts';
import { askQuestions } from '../../src/engine/refine/askQuestions.ts';
import type { Engine } from '../../src/engine/index.ts';
import { scriptedModel } from '../support/scriptedModel.ts';
import { keptTerminal } from './keptTerminal.ts';

const text = 'Sort the ticket into one of the teams.';
const questions = `<open_questions>
<open_question><what>Who reads it?</what><why>It sets the words.</why><suggested_answer>Colleagues</suggested_answer><suggested_answer>Customers</suggested_answer></open_question>
<open_question><what>Which tone?</what><why></why></open_question>
<open_question><what>Any limits?</what><why></why></open_question>
</open_questions>`;

function shellWith(answers: readonly string[]) {
  const kept = keptTerminal({ asks: true, answers });
  const shell = { terminal: kept.terminal, signal: new AbortController().signal } as Shell;
  return { ...kept, shell };
}

describe('the wishes of refine on a terminal', () => {
  it('asks what the personalized technique asks: a number, own words, or nothing', async () => {
    const model = scriptedModel([questions]);
    const engine = {
      questions: (request, signal) => askQuestions(request, model, signal),
    } as Pick<Engine, 'questions'> as Engine;
    const { shell, written } = shellWith(['2', ' calm and short ', '']);
    const flags = { technique: ['personalized'] };
    const request = await requestOf(text, undefined, flags, engine, shell);
    assert.deepEqual(request.answers, [
      { question: 'Who reads it?', answer: 'Customers' },
      { question: 'Which tone?', answer: 'calm and short' },
      { question: 'Any limits?', answer: '' },
    ]);
    assert.match(
      written.err,
      /1 of 3: Who reads it\?\n {2}It sets the words\.\n {2}1 {2}Colleagues/,
    );
  });

  it('shows the candidates and takes the one that is named, asking again for a number that is none', async () => {
    const model = scriptedModel(
      (_request, call) =>
        `<refined_prompt>Rule ${call + 1}: ${text}</refined_prompt><changes></changes>`,
    );
    const refinement = await refine({ text, candidates: 3 }, model);
    const { shell, written, questions: asked } = shellWith(['9', 'two', '2']);
    const { after } = await chosenCandidate(refinement, shell, true);
    assert.equal(after, `Rule 2: ${text}`);
    assert.equal(asked.length, 3);
    for (const number of [1, 2, 3]) assert.ok(written.err.includes(`Rule ${number}: ${text}`));
    const { shell: hasty, questions: none } = shellWith(['3']);
    assert.equal((await chosenCandidate(refinement, hasty, false)).after, `Rule 1: ${text}`);
    assert.deepEqual(none, []);
  });

  it('takes the first candidate where nothing is said', async () => {
    const model = scriptedModel(
      (_request, call) =>
        `<refined_prompt>Rule ${call + 1}: ${text}</refined_prompt><changes></changes>`,
    );
    const refinement = await refine({ text, candidates: 2 }, model);
    const { shell } = shellWith(['']);
    assert.equal((await chosenCandidate(refinement, shell, true)).after, `Rule 1: ${text}`);
  });
});
