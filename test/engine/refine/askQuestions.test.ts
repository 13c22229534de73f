import assert from 'node:assert/strict';
import { GuardError, RequestError } from '../../../src/engine/core/errors.ts';
import { askQuestions } from '../../../src/engine/refine/askQuestions.ts';
import { refine } from '../../../src/engine/refine/refine.ts';
import { scriptedModel, textOf } from '../../support/scriptedModel.ts';
import { rewritten } from './rewritten.ts';

const text = 'Write a reply to {{mail}}.';
const listed = (...items: string[]): string =>
  `<open_questions>${items.map(each => `<open_question>${each}</open_question>`).join('\n')}</open_questions>`;

describe('the questions of a personalized refinement', () => {
  it('are three at most, each with its reason and answers to choose from', async () => {
    const one =
      '<what>Who reads\n it?</what><why>The words depend on it.</why><suggested_answer>customers</suggested_answer><suggested_answer>colleagues</suggested_answer>';
    const model = scriptedModel([
      listed(one, 'What tone?', '<what>Which field?</what>', '<what>A fourth?</what>'),
    ]);
    const { questions, usage } = await askQuestions({ text }, model);
    assert.deepEqual(questions, [
      {
        question: 'Who reads it?',
        why: 'The words depend on it.',
        suggestions: ['customers', 'colleagues'],
      },
      { question: 'What tone?', why: '', suggestions: [] },
      { question: 'Which field?', why: '', suggestions: [] },
    ]);
    assert.equal(usage.calls, 1);
  });

  it('may be none', async () => {
    assert.deepEqual((await askQuestions({ text }, scriptedModel([listed()]))).questions, []);
  });

  it('are an error where the answer holds none that can be read', async () => {
    for (const answer of ['', 'Dear Ms Jones, thank you.', '<open_question>x</open_question>']) {
      await assert.rejects(askQuestions({ text }, scriptedModel([answer])), GuardError);
    }
    await assert.rejects(askQuestions({ text: ' ' }, scriptedModel([''])), RequestError);
  });

  it('come back with answers that are built into the prompt; skipped ones are left out', async () => {
    const request = {
      text,
      techniques: ['personalized'],
      answers: [
        { question: 'Who reads it?', answer: ' customers ' },
        { question: 'What tone?', answer: ' ' },
      ],
    };
    const model = scriptedModel([rewritten('Write a reply to {{mail}} from a customer.')]);
    await refine(request, model);
    const sent = textOf(model.requests[0] ?? assert.fail('nothing was sent'));
    assert.match(sent, /<person_answers>\nWho reads it\?\ncustomers\n<\/person_answers>/);
    assert.doesNotMatch(sent, /What tone/);
  });

  it('have to be asked before the second step', async () => {
    const model = scriptedModel([rewritten('x')]);
    await assert.rejects(refine({ text, techniques: ['personalized'] }, model), /asks first/);
    assert.equal(model.requests.length, 0);
    const skipped = scriptedModel([rewritten('Reply to {{mail}}.')]);
    assert.equal(
      (await refine({ text, techniques: ['personalized'], answers: [] }, skipped)).after,
      'Reply to {{mail}}.',
    );
  });
});
