import assert from 'node:assert/strict';
import { comparePlaceholders } from '../../../../src/engine/core/placeholders.ts';
import { refine } from '../../../../src/engine/refine/refine.ts';
import { demoProvider } from '../../../../src/engine/providers/demo/demo.ts';

const model = demoProvider({ latencyMs: 0 }).model('optimizer');
const wordy =
  'I want you to please read the customer review below very carefully and then decide in order to help our team whether the customer who wrote it is happy or not happy with the product, and then write down your decision.\n\nReview: {{review}}';

describe('The simulated refiner', () => {
  it('removes padding, splits long sentences and states a form, each with a reason', async () => {
    const { after, changes } = await refine({ text: wordy }, model);
    assert.doesNotMatch(after, /please|very|in order to|I want you to/i);
    assert.match(after, /^Read the customer review/);
    assert.match(after, /\. (?:Decide|Write)/);
    assert.match(after, /plain text, without an introduction/);
    assert.equal(changes.length, 3);
    assert.ok(changes.every(change => change.what !== '' && change.why !== ''));
  });

  it('keeps placeholders and the block that holds the input at the end', async () => {
    const { after } = await refine({ text: wordy }, model);
    assert.deepEqual(comparePlaceholders(wordy, after), { lost: [], invented: [] });
    assert.match(after, /\n\nReview: \{\{review\}\}$/);
  });

  it('gets shorter when it is asked to', async () => {
    const text = `Be honest. Be honest. ${wordy} It comes from a shop (this is a remark).`;

    const { after } = await refine({ text, instruction: 'make it shorter' }, model);
    assert.ok(after.length < text.length);
    assert.doesNotMatch(after, /remark/);

    assert.equal(after.match(/Be honest\./g)?.length, 1);
  });

  it('obeys a wish for JSON, and writes any other wish down', async () => {
    assert.match(
      (await refine({ text: wordy, instruction: 'answer in JSON' }, model)).after,
      /JSON object/,
    );
    const polite = await refine({ text: wordy, instruction: 'always answer in French' }, model);
    assert.match(polite.after, /Always answer in French\./);
  });

  it('obeys both halves of a wish, and lets JSON replace the form of an earlier round', async () => {
    const first = await refine({ text: wordy }, model);
    const { after, changes } = await refine(
      {
        text: wordy,
        instruction: 'shorter, and answer in JSON',
        previous: { text: first.after },
      },
      model,
    );
    assert.match(after, /JSON object/);
    assert.doesNotMatch(after, /plain text/);
    assert.ok(changes.length > 0);
  });

  it('builds on its last text when it is asked again', async () => {
    const first = await refine({ text: wordy }, model);
    const again = await refine(
      { text: wordy, instruction: 'mention the price', previous: { text: first.after } },
      model,
    );
    assert.match(again.after, /^Read the customer review/);
    assert.match(again.after, /Mention the price\./);
  });

  it('leaves a text alone that is already clear', async () => {
    const clear = 'Name the capital of {{country}}. Answer with the name only.';
    const { after, changes } = await refine({ text: clear }, model);
    assert.equal(after, clear);
    assert.deepEqual(changes, []);
  });

  it('edits a prompt about our own tags without being confused by them', async () => {
    const text = 'Please put the answer between <prompt_text> and </prompt_text>. Topic: {topic}';
    const { after } = await refine({ text }, model);
    assert.match(after, /^Put the answer between <prompt_text> and <\/prompt_text>\./);
  });
});
