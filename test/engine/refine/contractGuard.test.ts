import assert from 'node:assert/strict';
import fc from 'fast-check';
import { brokenPromises } from '../../../src/engine/refine/guards.ts';

const openings = [
  'You are a support agent who reads the tickets of our customers.',
  'Read the ticket below with care before you answer it.',
  'Act as a reviewer for the support team and judge the ticket.',
];
const rules = [
  'Do not invent facts that the ticket does not tell.',
  'Keep to the order in which the customer writes.',
  'Say so where the ticket does not tell it.',
  'Use short sentences and plain words.',
];

/** A form of the answer, in two ways of saying it, and in ways that break it. */
interface Form {
  readonly ways: readonly [string, string];
  readonly broken: readonly string[];
}

const forms: Readonly<Record<string, Form>> = {
  'keys of a JSON example': {
    ways: [
      'Answer as {"label": "bug", "score": 3}.',
      'Reply with JSON only, like {"score": 1, "label": "wish"}.',
    ],
    broken: [
      'Answer as {"category": "bug", "score": 3}.',
      'Answer as {"label": "bug"}.',
      'Answer as {"label": "bug", "score": 3, "why": "…"}.',
      'Answer with the label and the score.',
    ],
  },
  'labels in a row': {
    ways: [
      'Choose one of: bug, wish, other.',
      'The answer is one of the following: "other", "wish" or "bug".',
    ],
    broken: [
      'Choose one of: bug, wish.',
      'Choose one of: bug, idea, other.',
      'Choose one of: bug, wish, other, praise.',
    ],
  },
  'labels in a list': {
    ways: [
      'Choose one of these labels:\n- bug\n- wish\n- other',
      'Answer with exactly one of the following: bug, wish, other.',
    ],
    broken: [
      'Choose one of these labels:\n- bug\n- wish',
      'Choose one of these labels:\n- bug\n- wish\n- other\n- praise',
      'Choose one of these labels:\n- Fehler\n- wish\n- other',
    ],
  },
  'one label or another': {
    ways: ['Say either "spam" or "ham".', 'Reply with "ham" or "spam" and nothing else.'],
    broken: ['Say either "junk" or "ham".', 'Say whether it is good.', 'Say "spam" or "unknown".'],
  },
  'a rating scale': {
    ways: ['Rate the reply from 1 to 5.', 'Give it a score on a scale of 1 (bad) to 5 (good).'],
    broken: ['Rate the reply from 1 to 10.', 'Rate the reply from 0–5.', 'Rate the reply.'],
  },
  'the language of the answers': {
    ways: ['Answer the customer in French.', 'Write your reply to the customer in French.'],
    broken: [
      'Answer the customer in Spanish.',
      'Answer the customer.',
      'Answer the customer in French or reply in German.',
    ],
  },
};
const formNames = Object.keys(forms);

const around = fc.record({
  form: fc.constantFrom(...formNames),
  opening: fc.constantFrom(...openings),
  lines: fc.shuffledSubarray(rules, { minLength: 2 }),
  way: fc.nat(1),
  at: fc.nat(20),
});

const prompt = (opening: string, lines: readonly string[], form: string): string =>
  [opening, ...lines, form, 'Ticket: {{ticket}}'].join('\n');

function guardsOf(before: string, after: string, wishes = ''): string[] {
  return brokenPromises({ before, after, wishes, cut: false }).map(each => each.guard);
}

describe('the guard of the output contract', () => {
  it('refuses every candidate that loses or changes the form of the answer, and no good one', () => {
    const counts = { bad: 0, refused: 0, good: 0, accepted: 0 };
    const seen = new Set<string>();
    fc.assert(
      fc.property(around, ({ form, opening, lines, way, at }) => {
        const { ways, broken } = forms[form] ?? assert.fail();
        const before = prompt(openings[0] ?? '', rules, ways[way] ?? '');
        const bad = prompt(opening, lines, broken[at % broken.length] ?? '');
        counts.bad += 1;
        assert.deepEqual([...new Set(guardsOf(before, bad))], ['output-contract'], bad);
        assert.deepEqual([...new Set(guardsOf(before, bad, 'kürzer, bitte'))], ['output-contract']);
        counts.refused += 1;
        const good = prompt(opening, lines, ways[1 - way] ?? '');
        counts.good += 1;
        assert.deepEqual(guardsOf(before, good), [], `${before}\n→\n${good}`);
        counts.accepted += 1;
        seen.add(`${form} ${at % broken.length}`);
      }),
      { numRuns: 1_000 },
    );
    const { bad, refused, good, accepted } = counts;
    console.log(
      `      ${refused} of ${bad} bad candidates refused, ${good - accepted} of ${good} good ones`,
    );
    assert.deepEqual(counts, { bad: 1_000, refused: 1_000, good: 1_000, accepted: 1_000 });
    assert.equal(
      seen.size,
      Object.values(forms).reduce((sum, each) => sum + each.broken.length, 0),
    );
  });

  it('lets a wish change what it speaks of', () => {
    const before = prompt(openings[0] ?? '', rules, forms['labels in a row']?.ways[0] ?? '');
    const after = before.replace('wish', 'idea');
    assert.deepEqual(guardsOf(before, after, 'make it friendlier'), [
      'output-contract',
      'output-contract',
    ]);
    for (const wish of [
      'call a wish an idea',
      'other labels',
      'andere Ausgabe',
      'answer in JSON',
    ]) {
      assert.deepEqual(guardsOf(before, after, wish), [], wish);
    }
  });

  it('leaves a prompt alone that asks for no form', () => {
    const before = prompt(openings[0] ?? '', rules, 'Answer the customer.');
    for (const { ways } of Object.values(forms)) {
      assert.deepEqual(guardsOf(before, prompt(openings[1] ?? '', rules, ways[0])), []);
    }
  });
});

describe('the guard of the natural language', () => {
  const english =
    'You are an assistant for the support team. Read the ticket with care and say what is to be done with it, and who has to do it, in words that the customer will understand.';
  const translated: Readonly<Record<string, string>> = {
    German:
      'Du bist ein Assistent für das Support-Team. Lies das Ticket sorgfältig und sag, was mit dem Ticket zu tun ist und wer das tun muss, in Worten, die der Kunde versteht.',
    French:
      'Vous êtes un assistant pour l’équipe du support. Lisez le ticket avec soin et dites ce qui est à faire, et qui doit le faire, dans des mots que le client comprend.',
    Spanish:
      'Eres un asistente para el equipo de soporte. Lee el ticket con cuidado y di lo que hay que hacer, y por quién, con las palabras que el cliente entiende, en una frase.',
    Polish:
      'Jesteś asystentem zespołu wsparcia. Przeczytaj zgłoszenie uważnie i powiedz, co trzeba zrobić i kto ma to zrobić, słowami, które klient na pewno zrozumie bez trudu.',
    Turkish:
      'Destek ekibinin yardımcısısın. Talebi dikkatle oku ve ne yapılması gerektiğini, bunu kimin yapacağını, müşterinin kolayca anlayacağı sözlerle tek bir cümlede kısaca açıkla, gerekirse örnek ver ve sonra bitir lütfen.',
    Russian: 'Ты помощник службы поддержки. Прочитай обращение внимательно и скажи, что делать.',
    Japanese:
      'あなたはサポートチームのアシスタントです。チケットをよく読んで、何をすべきか答えてください。',
  };

  for (const [language, text] of Object.entries(translated)) {
    it(`refuses an English prompt that comes back in ${language}`, () => {
      assert.ok(
        guardsOf(`${english}\n{{ticket}}`, `${text}\n{{ticket}}`, 'shorter').includes('language'),
      );
      assert.ok(guardsOf(`${english}\n{{ticket}}`, `${text}\n{{ticket}}`).includes('language'));
    });
  }

  it('lets terse English pass, with names, code and quotes of other languages in it', () => {
    for (const after of [
      'Support assistant. Read ticket. Say next step, owner. Use customer words.',
      `${english}\nExamples: "Ich habe keine Rechnung bekommen und der Support ist nicht da" means billing.`,
      'Assistant for support team.\n- Read ticket with care\n- Say what is done\n- Say who does it\n- Words customer understands\n```\nfunction f(x) { return x }\n```',
    ]) {
      assert.deepEqual(guardsOf(english, after), [], after);
    }
  });
});

describe('the guard against answers', () => {
  const english =
    'Write a friendly reply to the customer below, explain the rules for refunds, and close with the name of our shop.';
  const answers = [
    'Sure! {{mail}}',
    'Dear Ms Jones, thank you for getting in touch. Your money will be back on Monday. {{mail}}',
    'I’m sorry to hear that. {{mail}}',
    'Of course, here you go: {{mail}}',
    'Certainly. {{mail}}',
  ];
  for (const answer of answers) {
    it(`refuses "${answer.slice(0, 30)}"`, () => {
      const named = guardsOf(`${english}\n{{mail}}`, answer);
      assert.ok(named.includes('rewrite-not-answer'), named.join(', '));
    });
  }

  it('lets pass what rewrites it, however short or long', () => {
    for (const after of [
      'Reply to the customer in a friendly tone. Explain the refund rules. Close with our name.\n{{mail}}',
      `# Task\n${english}\n\n# Tone\nFriendly, never salesy.\n\n# Mail\n{{mail}}`,
      'Friendly customer reply: refunds, rules, shop name.\n{{mail}}',
    ]) {
      assert.deepEqual(guardsOf(`${english}\n{{mail}}`, after), [], after);
    }
  });
});
