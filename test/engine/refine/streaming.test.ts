import assert from 'node:assert/strict';
import { CancelledError } from '../../../src/engine/core/errors.ts';
import type { LanguageModel, OnText } from '../../../src/engine/core/languageModel.ts';
import { demoProvider } from '../../../src/engine/providers/demo/demo.ts';
import { askQuestions } from '../../../src/engine/refine/askQuestions.ts';
import { refine } from '../../../src/engine/refine/refine.ts';
import { techniques } from '../../../src/engine/refine/techniques/registry.ts';
import { scriptedModel } from '../../support/scriptedModel.ts';
import { rewritten } from './rewritten.ts';

/** A model that tells its scripted answers character by character. */
function tellingModel(...answers: string[]): LanguageModel {
  const inner = scriptedModel(answers);
  return {
    ...inner,
    generate: async (request, signal, onText) => {
      const answer = await inner.generate(request, signal);
      for (let end = 1; end <= answer.text.length; end += 1) onText?.(answer.text.slice(0, end));
      return answer;
    },
  };
}

async function told(
  model: LanguageModel,
  text: string,
  locked = false,
): Promise<{ texts: string[]; after: string }> {
  const texts: string[] = [];
  const request = locked ? { text, locked: [{ start: 0, end: 6 }] } : { text };
  const { after } = await refine(request, model, undefined, { onText: each => texts.push(each) });
  return { texts, after };
}

describe('the demo model', () => {
  const model = demoProvider({ latencyMs: 0 }).model('optimizer');
  const text = 'please could you kindly answer the question {{q}} in plain text format, thanks';

  it('takes part in every technique', async () => {
    for (const { name } of techniques) {
      const answered = [{ question: 'Who reads it?', answer: 'children' }];
      const answers = name === 'personalized' ? answered : [];
      const refinement = await refine({ text, techniques: [name], answers, editBudget: 1 }, model);
      assert.match(refinement.after, /\{\{q\}\}/, name);
      assert.deepEqual(refinement.notes, [], name);
      if (name === 'personalized') assert.match(refinement.after, /children/);
    }
  });

  it('asks only what the prompt does not say', async () => {
    const { questions } = await askQuestions({ text: `${text} in a friendly tone` }, model);
    assert.deepEqual(
      questions.map(each => each.question),
      ['Who reads the answers?', 'How long may an answer be?'],
    );
    const said = { text: 'Tell the customers in a friendly tone, in two sentences: {{q}}' };
    assert.deepEqual((await askQuestions(said, model)).questions, []);
  });
});

describe('a refinement in the making', () => {
  it('shows the growing text without tags, fences and reasons', async () => {
    for (const answer of [
      rewritten('Be brief <b>and</b> clear, if a < b.', ['A change', 'A reason']),
      'Sure!\n< Refined_Prompt >\nBe brief <b>and</b> clear, if a < b.\n</ refined_prompt>\n<changes></changes>',
      '<refined_prompt>\n```\nBe brief <b>and</b> clear, if a < b.\n```\n</refined_prompt>',
      '<refined_prompt>Be brief <b>and</b> clear, if a < b.<changes></changes>',
    ]) {
      const { texts, after } = await told(tellingModel(answer), 'be brief and clear');
      assert.equal(after, 'Be brief <b>and</b> clear, if a < b.');
      for (const each of texts) {
        const shown = each.replace(/\n?`+$/, '');
        assert.ok(after.startsWith(shown), JSON.stringify(each));
      }
      assert.ok(new Set(texts).size > 20);
    }
  });

  it('shows locked sections in their places, never half a mark', async () => {
    const { texts, after } = await told(
      tellingModel(rewritten('See: [[LOCKED_1]] and be brief.')),
      'LEGAL! be brief',
      true,
    );
    assert.equal(after, 'See: LEGAL! and be brief.');
    assert.equal(texts.at(-1), after);
    for (const each of texts) assert.ok(after.startsWith(each), JSON.stringify(each));
  });

  it('begins anew for a repair, and ends with what is answered', async () => {
    const { texts, after } = await told(
      tellingModel(rewritten('Sum it up.'), rewritten('Sum up {{x}}.')),
      'sum up {{x}}',
    );
    assert.equal(texts.at(-1), after);
    assert.ok(texts.includes('Sum it up.'));
    assert.ok(!texts.some(each => each.includes('Sum it up.Sum')));
  });

  it('is told once for a model that does not stream, and by number for candidates', async () => {
    assert.deepEqual((await told(scriptedModel([rewritten('Be brief!')]), 'be brief')).texts, [
      'Be brief!',
    ]);
    const numbers = new Set<number>();
    await refine(
      { text: 'be brief', candidates: 3 },
      scriptedModel([rewritten('Be brief!')]),
      undefined,
      {
        onText: (_text, candidate) => numbers.add(candidate),
      },
    );
    assert.deepEqual([...numbers].sort(), [0, 1, 2]);
  });

  it('stops at once when it is cancelled', async () => {
    const stop = new AbortController();
    const texts: string[] = [];
    const model = demoProvider({ latencyMs: 5 }).model('optimizer');
    const refining = refine(
      { text: 'please could you kindly answer the question {{q}} and be short' },
      model,
      stop.signal,
      {
        onText: text => {
          texts.push(text);
          stop.abort();
        },
      },
    );
    await assert.rejects(refining, CancelledError);
    assert.equal(texts.length, 1);
  });

  it('grows word by word with the demo model', async () => {
    const answers: string[] = [];
    const listen: OnText = text => void answers.push(text);
    const model = demoProvider({ latencyMs: 0 }).model('optimizer');
    const messages = [
      {
        role: 'user',
        content: '<prompt_text>\nplease sum up {{x}} in order to help\n</prompt_text>',
      },
    ] as const;
    const { text } = await model.generate({ role: 'optimizer', messages }, undefined, listen);
    assert.equal(answers.at(-1), text);
    assert.ok(answers.length > 10 && answers.length <= 41);
    answers.forEach((each, at) =>
      assert.ok(each.startsWith(answers[at - 1] ?? '') && text.startsWith(each)),
    );
  });
});
