import { seededRandom, type Random } from '../../src/engine/core/random.ts';
import { deciding, readPrompt, type Statement } from './statements.ts';
import { unanswered } from './dspyRequest.ts';
import { readRequest, type SeenRow } from './optimizerRequest.ts';
import { formatLine, type World } from './world.ts';

/** Rows that are noticed for certain; further ones less and less. */
const attention = 10;
const luck = {
  lost: 0.03,
  lostIfMinimal: 0.01,
  wrongRule: 0.05,
  filler: 0.25,
  specialise: 0.7,
  remove: 0.8,
  removeFinal: 0.15,
  lostInOrder: 0.02,
};

/**
 * The simulated optimizer model (`algorithms.md`, 4.3): it speaks the world's language and knows
 * nothing but its request. `attempt` counts equal requests.
 */
export function optimizerModelOf(world: World): (text: string, attempt?: number) => string {
  return (text, attempt = 0) => {
    const random = seededRandom(world.seed, 'optimizer', text, attempt);
    const asked = readRequest(text, world);
    if (!asked) return 'There is no prompt in this request.';
    const noticed = asked.rows.filter(
      (_, at) => at < attention || random() < Math.max(0.25, attention / (at + 1)),
    );
    const told = asked.told.filter(() => random() >= luck.lost);
    if (asked.prompt === undefined) {
      const found = newRules([], unanswered(noticed), world, random);
      return asked.wrap([...told, ...found].join('\n') || 'The cases are sorted by their words.');
    }
    const prompt = [asked.prompt, ...told].join('\n');
    const minimal = /as little as needed|minimal|only the lines/iu.test(text);
    return asked.wrap(answerTo(wishIn(text), prompt, noticed, minimal, world, random));
  };
}

/** What a request wants: any edit, one line made narrower, a form, the same rules in order, a new prompt. */
type Wish = 'edit' | 'line' | 'form' | 'order' | 'new';

function wishIn(text: string): Wish {
  if (/this line only/iu.test(text)) return 'line';
  if (/only how the answer is written|only the (?:answer )?format/iu.test(text)) return 'form';
  if (/same rules|clearer order|shorten/iu.test(text)) return 'order';
  if (/from scratch/iu.test(text)) return 'new';
  return 'edit';
}

function answerTo(
  wish: Wish,
  prompt: string,
  rows: readonly SeenRow[],
  minimal: boolean,
  world: World,
  random: Random,
): string {
  switch (wish) {
    case 'edit':
      return edited(prompt, rows, minimal, world, random);
    case 'line': {
      // New rules are not asked for: rows that need one are out of its sight.
      const { statements } = readPrompt(prompt, world);
      const decided = rows.filter(row => deciding(statements, row.concepts) !== undefined);
      return edited(prompt, decided, minimal, world, random);
    }
    case 'form':
      return readPrompt(prompt, world).asksForm ? prompt : `${prompt}\n${formatLine}`;
    case 'order': {
      const lines = [...new Set(prompt.split('\n'))].filter(line => !fillers.includes(line));
      const ruled = new Set(readPrompt(lines.join('\n'), world).statements.map(each => each.line));
      return lines.filter((_, at) => !ruled.has(at) || random() >= luck.lostInOrder).join('\n');
    }
    case 'new': {
      const ruled = new Set(readPrompt(prompt, world).statements.map(each => each.line));
      const bare = prompt.split('\n').filter((line, at) => !ruled.has(at) && !/final/iu.test(line));
      return edited(bare.join('\n'), rows, minimal, world, random);
    }
  }
}

function edited(
  prompt: string,
  rows: readonly SeenRow[],
  minimal: boolean,
  world: World,
  random: Random,
): string {
  const lines = prompt.split('\n');
  const { statements, asksForm } = readPrompt(prompt, world);
  const gone = new Set<number>();
  const isFinal = /never change/iu.test(prompt);
  for (const statement of statements) {
    if (random() < (minimal ? luck.lostIfMinimal : luck.lost)) gone.add(statement.line);
    const mended = mend(statement, statements, rows, isFinal, world, random);
    if (mended === 'remove') gone.add(statement.line);
    else if (mended !== undefined) {
      lines[statement.line] = `${(lines[statement.line] ?? '').replace(/[.\s]+$/u, '')}${mended}.`;
    }
  }
  const added: string[] = [];
  if (!asksForm && rows.some(row => row.said === undefined)) added.push(formatLine);
  added.push(...newRules(statements, rows, world, random));
  if (random() < luck.wrongRule) {
    const word = any([...(any(rows, random)?.words.values() ?? [])], random);
    const label = any(rows, random)?.gold;
    if (word && label) added.push(written([word], label, random));
  }
  if (random() < luck.filler) added.push(any(fillers, random) ?? '');
  return [...lines.filter((_, at) => !gone.has(at)), ...added].join('\n');
}

function mend(
  statement: Statement,
  all: readonly Statement[],
  rows: readonly SeenRow[],
  isFinal: boolean,
  { words }: World,
  random: Random,
): string | undefined {
  const decided = rows.filter(row => deciding(all, row.concepts) === statement);
  const hits = decided.filter(row => row.gold === statement.label);
  const misfires = decided.filter(
    row => row.gold !== statement.label && row.said === statement.label,
  );
  if (misfires.length === 0) return undefined;
  if (hits.length > 0 && random() < luck.specialise) {
    const unless = separator(misfires, hits, statement);
    const and = separator(hits, misfires, statement);
    const name = (concept: number): string => any(words[concept] ?? [], random) ?? '';
    if (and && (!unless || and.worth > unless.worth)) return ` and only with ${name(and.concept)}`;
    if (unless) return ` unless ${name(unless.concept)}`;
  }
  const willing = random() < (isFinal ? luck.removeFinal : luck.remove);
  return misfires.length > hits.length && willing ? 'remove' : undefined;
}

/** The concept that most of `inside` and fewest of `outside` have. */
function separator(inside: readonly SeenRow[], outside: readonly SeenRow[], { when }: Statement) {
  const best = { concept: -1, worth: 0.5 };
  for (const concept of new Set(inside.flatMap(row => [...row.concepts]))) {
    if (when.includes(concept)) continue;
    const share = (rows: readonly SeenRow[]): number =>
      rows.filter(row => row.concepts.has(concept)).length / rows.length;
    const worth = share(inside) - share(outside);
    if (worth > best.worth) Object.assign(best, { concept, worth });
  }
  return best.concept < 0 ? undefined : best;
}

function newRules(
  statements: readonly Statement[],
  rows: readonly SeenRow[],
  world: World,
  random: Random,
): string[] {
  const lines: string[] = [];
  const covered = new Set<SeenRow>();
  const open = rows.filter(
    row =>
      row.said !== row.gold &&
      row.said !== undefined &&
      row.gold !== row.topic &&
      deciding(statements, row.concepts)?.label !== row.gold,
  );
  for (const row of open) {
    if (lines.length >= 3) break;
    if (covered.has(row)) continue;
    const guess = hypothesis(row, rows, random);
    if (!guess) continue;
    const names = guess.map(concept => any(world.words[concept] ?? [], random) ?? '');
    lines.push(written(names, row.gold, random));
    for (const other of open) {
      if (other.gold === row.gold && guess.every(each => other.concepts.has(each)))
        covered.add(other);
    }
  }
  return lines;
}

function hypothesis(
  row: SeenRow,
  rows: readonly SeenRow[],
  random: Random,
): readonly number[] | undefined {
  const own = [...row.concepts];
  const pairs = own.flatMap((left, at) => own.slice(at + 1).map(right => [left, right]));
  const options = [...own.map(each => [each]), ...pairs];
  const scores = options.map(option => {
    const having = rows.filter(other =>
      option.every(each => other.words.get(each) === row.words.get(each)),
    );
    const hits = having.filter(other => other.gold === row.gold).length;
    const salience = option.filter(each => row.stressed.has(each)).length / option.length;
    const plain = Math.log((hits + 0.3) / (having.length - hits + 0.3)) + 0.25 * hits + salience;
    return plain - (option.length === 2 ? 0.9 : 0);
  });
  const most = Math.max(...scores);
  const weights = scores.map(score => Math.exp((score - most) / 0.6));
  let left = random() * weights.reduce((sum, each) => sum + each, 0);
  return options.find((_, at) => (left -= weights[at] ?? 0) < 0) ?? options[0];
}

const fillers = [
  'Read the whole case with care.',
  'Be precise and do not guess.',
  'Think about what matters in the case before you answer.',
];

function written(words: readonly string[], label: string, random: Random): string {
  const signs = words.join(' and ');
  const forms = [
    `- If ${signs} comes up, answer ${label}.`,
    `- Cases about ${signs}: ${label}.`,
    `- Mentions of ${signs} mean ${label}.`,
  ];
  return any(forms, random) ?? '';
}

function any<Item>(items: readonly Item[], random: Random): Item | undefined {
  return items[Math.floor(random() * items.length)];
}
