import assert from 'node:assert/strict';
import { brokenPromises, guardNames } from '../../../src/engine/refine/guards.ts';

function problems(before: string, after: string | undefined, wishes = '', cut = false): string {
  return brokenPromises({ before, after, wishes, cut })
    .map(each => each.message)
    .join(' ');
}

describe('the guards of a refinement', () => {
  it('count placeholders in both directions and every dialect', () => {
    assert.equal(problems('a {{x}} {y} ${z} %(w)s', '%(w)s ${z} {y} {{x}} a'), '');
    assert.match(problems('{{x}} {{x}}', '{{x}}'), /\{\{x\}\} is lost/);
    assert.match(problems('{{x}} {{x}} {{x}}', '{{x}}'), /\{\{x\}\} \(2 times\) is lost/);
    assert.match(problems('{{x}}', '{{ x }}'), /\{\{x\}\} is lost.*\{\{ x \}\} is new/);
    assert.match(problems('a', 'a {b}'), /\{b\} is new/);
    assert.match(problems('{{#if x}}a{{/if}}', 'a'), /\{\{#if x\}\} is lost.*\{\{\/if\}\} is lost/);
    assert.equal(problems('{"a": {}}', 'Give {"a": [1, {}]}'), '');
  });

  it('leave the braces of JSON examples alone', () => {
    assert.equal(problems('Answer {"class": "bug"}', 'Reply as {"class": "bug"} only.'), '');
  });

  it('refuse an empty, missing or cut text', () => {
    assert.match(problems('a', ' \n'), /is empty/);
    assert.match(problems('a', undefined), /held no refined prompt/);
    assert.match(problems('a', 'b', '', true), /cut off/);
  });

  it('tell an answer from a rewrite', () => {
    const prompt =
      'Write a friendly reply to the customer, explain the refund rules, and close with our name.';
    assert.match(problems(prompt, "Sure! Here's a draft."), /reads like an answer/);
    assert.match(problems(prompt, "I'm sorry, I cannot do that."), /reads like an answer/);
    assert.match(
      problems(prompt, 'Dear Ms Jones, thanks for your mail. Your money comes back next Monday.'),
      /reads like an answer/,
    );
    assert.match(problems(`${prompt} `.repeat(5), 'Refund approved.'), /reads like an answer/);
    assert.equal(
      problems(prompt, 'Reply to the customer in a friendly tone. Explain the refund rules.'),
      '',
    );
    assert.equal(problems('sum up {{x}}', 'Here is the text to sum up: {{x}}'), '');
    assert.match(problems('sum up {{x}}', "Here's a summary of {{x}}: …"), /reads like an answer/);
    assert.equal(problems('Sure, help people with their taxes.', 'Sure, help with taxes.'), '');
    assert.equal(problems('Translate to French: {{x}}', 'Translate {{x}} into French.'), '');
  });

  it('tell when the language changed, roughly', () => {
    const english =
      'You are an assistant for the support team. Read the ticket and say what is to be done with it.';
    const german =
      'Du bist ein Assistent für das Support-Team. Lies das Ticket und sag, was mit dem Ticket zu tun ist. Antworte nicht mit der Anrede.';
    const russian = 'Ты помощник службы поддержки. Прочитай обращение и скажи, что делать дальше.';
    const chinese =
      '你是客服团队的助手。请阅读工单，并说明接下来应该如何处理这个问题。请简短回答。';
    assert.match(problems(english, german), /changed from English to German/);
    assert.match(problems(german, english), /changed from German to English/);
    assert.match(problems(russian, chinese), /from Cyrillic to Chinese or Japanese/);
    for (const text of [english, german, russian, chinese]) {
      assert.equal(problems(text, `${text} ${text}`), '');
    }
    assert.doesNotMatch(problems(english, german, 'in German please'), /language/);
    assert.doesNotMatch(problems('Sum {{x}}', 'Summiere {{x}}'), /language/);
  });

  it('hold the language against every wish that does not speak of one', () => {
    const english =
      'You are an assistant for the support team. Read the ticket and say what is to be done with it.';
    const german =
      'Du bist ein Assistent für das Support-Team. Lies das Ticket und sag, was mit dem Ticket zu tun ist. Antworte nicht mit der Anrede.';
    for (const wish of ['shorter', 'kürzer bitte', 'plus court']) {
      assert.match(problems(english, german, wish), /changed from English to German/);
    }
    for (const wish of ['auf Deutsch', 'translate it', 'en español', '翻译成中文', 'in German']) {
      assert.doesNotMatch(problems(english, german, wish), /language/);
    }
  });

  it('tell a reply from a rewrite whatever the wish', () => {
    assert.match(problems('Sum up {{x}}.', "Here's a summary: {{x}}", 'shorter'), /like an answer/);
  });

  it('keep the keys of a JSON example, the rating scale and the labels, unless wished', () => {
    const before =
      'Rate the reply on a scale from 1 to 5.\nChoose the label, one of: bug, wish, other.\nAnswer as {"label": "bug", "score": 3}.';
    const kept =
      'Choose a label, one of: bug, wish, other. Rate on a scale of 1–5. Reply with {"score": 1, "label": "wish"}.';
    assert.equal(problems(before, kept), '');
    assert.match(problems(before, kept.replace('"score"', '"rating"')), /key "score" .* is lost/);
    assert.match(problems(before, kept.replace('1–5', '1–10')), /rating scale 1-5 changed/);
    assert.match(problems(before, kept.replaceAll('wish', 'idea')), /label "wish" is lost/);
    assert.equal(problems(before, kept.replace('1–5', '1–10'), 'rate from 1 to 10'), '');
    assert.equal(problems('Answer in one of: two long phrases, or others here.', 'Answer.'), '');
  });

  it('have names, so that a person can see which one refused', () => {
    const named = (after: string | undefined, cut = false) =>
      brokenPromises({ before: 'Sum up {{x}} now.', after, wishes: '', cut }).map(
        each => each.guard,
      );
    assert.deepEqual(named('Sum up.'), ['placeholders']);
    assert.deepEqual(named('Sure! {{x}}'), ['rewrite-not-answer']);
    assert.deepEqual(named(undefined), ['complete']);
    assert.deepEqual(named('x', true), ['complete']);
    for (const name of ['placeholders', 'rewrite-not-answer', 'complete']) {
      assert.ok(guardNames.includes(name));
    }
  });
});
