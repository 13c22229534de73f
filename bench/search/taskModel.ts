import { likeness, type Likeness } from './examples.ts';
import { gradeOf } from './grade.ts';
import { cumulative, normalOf } from './luck.ts';
import { deciding, readPrompt, type ReadPrompt, type Statement } from './statements.ts';
import type { SimRow } from './rows.ts';
import type { World } from './world.ts';

/** How much of a row's luck stays the same whatever the prompt. */
const shared = 0.5;
const topicShare = 0.95;
const unreadableIfAsked = 0.01;

/** The simulated task model of a world: text in, text out (`algorithms.md`, 4.2). */
export function taskModelOf(world: World): (text: string, sample?: number) => string {
  const rows = new Map([...world.rows, ...world.testRows].map(row => [row.anchor, row]));
  const read = remembered(world);
  const wrong = world.labels;
  return (text, sample = 0) => {
    // Cases before the last one are examples.
    const found = [...text.matchAll(/Case (K\d{6}): [^\n<]*/gu)].at(-1);
    const row = rows.get(found?.[1] ?? '');
    if (!found || !row) return 'There is no case.';
    const prompt = text.slice(0, found.index) + text.slice(found.index + found[0].length);
    const luck = (kind: string): number => luckOf(world.seed, kind, row.anchor, prompt, sample);
    const reading = read(prompt);
    const { statement, chance, alike } = advice(row, reading, world);
    const follows = statement !== undefined && luck('rule') < chance;
    const imitates = !follows && alike !== undefined && luck('example') < alike.chance;
    const topic = luck('topic') < topicShare ? row.topic.toUpperCase() : undefined;
    const slip = wrong[Math.floor(luck('slip') * wrong.length)] ?? 'NONE';
    const answer = follows ? statement.label : imitates ? alike.label : (topic ?? slip);
    const form = reading.asksForm ? unreadableIfAsked : world.traits.unreadable;
    return luck('form') < form ? `I would say it is ${answer}` : `<<${answer}>>`;
  };
}

/**
 * Expected score of a prompt over the held-out rows, the noise integrated out: what no optimizer
 * gets to see.
 */
export function oracleOf(world: World): (prompt: string) => number {
  const read = remembered(world);
  const known = new Map<string, number>();
  return prompt => {
    const before = known.get(prompt);
    if (before !== undefined) return before;
    const reading = read(prompt);
    const sum = world.heldOut.reduce((total, row) => total + expectedScore(row, reading, world), 0);
    const value = sum / world.heldOut.length;
    known.set(prompt, value);
    return value;
  };
}

function expectedScore(row: SimRow, reading: ReadPrompt, world: World): number {
  const { statement, chance, alike } = advice(row, reading, world);
  const grade = (said: string): number => gradeOf(said, row.gold, world);
  const slips = world.labels.reduce((sum, label) => sum + grade(label), 0) / world.labels.length;
  const unguided = topicShare * grade(row.topic.toUpperCase()) + (1 - topicShare) * slips;
  const shown = alike ? alike.chance * grade(alike.label) : 0;
  const otherwise = shown + (1 - (alike?.chance ?? 0)) * unguided;
  const q = statement ? chance : 0;
  const right = (statement ? q * grade(statement.label) : 0) + (1 - q) * otherwise;
  return right * (1 - (reading.asksForm ? unreadableIfAsked : world.traits.unreadable));
}

/** What a prompt tells the model to do with a row. */
function advice(
  row: SimRow,
  reading: ReadPrompt,
  world: World,
): { readonly statement?: Statement; readonly chance: number; readonly alike?: Likeness } {
  const statement = deciding(reading.statements, row.concepts);
  const alike = likeness(reading.examples, row.concepts, world.traits);
  return {
    ...(statement && conveys(statement, world) ? { statement } : {}),
    chance: compliance(reading, world),
    ...(alike ? { alike } : {}),
  };
}

/** Whether saying it is enough, and no example is needed. */
function conveys({ when, label }: Statement, { shownOnly }: World): boolean {
  return !shownOnly.some(
    rule => rule.label === label && rule.when.every(each => when.includes(each)),
  );
}

/** Long prompts and many rules are followed less. */
function compliance({ statements, tokens }: ReadPrompt, { traits: { wear } }: World): number {
  const many = 0.008 * Math.max(0, statements.length - 8);
  const long = 0.035 * Math.log2(Math.max(1, tokens / 120));
  return Math.min(0.97, Math.max(0.35, 0.97 - wear * (many + long)));
}

function luckOf(seed: number, kind: string, row: string, prompt: string, sample: number): number {
  const own = normalOf(`${seed} ${kind} ${row}`);
  const fresh = normalOf(`${seed} ${kind} ${row} ${sample} ${prompt}`);
  return cumulative(Math.sqrt(shared) * own + Math.sqrt(1 - shared) * fresh);
}

function remembered(world: World): (prompt: string) => ReadPrompt {
  const known = new Map<string, ReadPrompt>();
  return prompt => {
    const before = known.get(prompt);
    if (before) return before;
    const reading = readPrompt(prompt, world, world.unheard);
    known.set(prompt, reading);
    return reading;
  };
}
