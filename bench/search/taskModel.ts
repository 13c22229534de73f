import { hashedFraction } from '../../src/engine/core/random.ts';
import { deciding, readPrompt, type ReadPrompt } from './statements.ts';
import type { SimRow, World } from './world.ts';

/** How much of a row's luck stays the same whatever the prompt. */
const shared = 0.5;
const topicShare = 0.95;
const unreadable = { asked: 0.01, unasked: 0.12 };

/** The simulated task model of a world: text in, text out (`algorithms.md`, 4.2). */
export function taskModelOf(world: World): (text: string, sample?: number) => string {
  const rows = new Map([...world.rows, ...world.testRows].map(row => [row.anchor, row]));
  const read = remembered(world);
  const wrong = world.labels;
  return (text, sample = 0) => {
    const found = /Case (K\d{6}): [^\n<]*/u.exec(text);
    const row = rows.get(found?.[1] ?? '');
    if (!found || !row) return 'There is no case.';
    const prompt = text.replace(found[0], '');
    const luck = (kind: string): number => luckOf(world.seed, kind, row.anchor, prompt, sample);
    const reading = read(prompt);
    const statement = deciding(reading.statements, row.concepts);
    const follows = statement !== undefined && luck('rule') < compliance(reading);
    const topic = luck('topic') < topicShare ? row.topic.toUpperCase() : undefined;
    const slip = wrong[Math.floor(luck('slip') * wrong.length)] ?? 'NONE';
    const answer = follows ? statement.label : (topic ?? slip);
    const form = reading.asksForm ? unreadable.asked : unreadable.unasked;
    return luck('form') < form ? `I would say it is ${answer}` : `<<${answer}>>`;
  };
}

/**
 * Expected accuracy of a prompt over the held-out rows, the noise integrated out: what no optimizer
 * gets to see.
 */
export function oracleOf(world: World): (prompt: string) => number {
  const read = remembered(world);
  const known = new Map<string, number>();
  return prompt => {
    const before = known.get(prompt);
    if (before !== undefined) return before;
    const reading = read(prompt);
    const sum = world.heldOut.reduce((total, row) => total + chanceOf(row, reading, world), 0);
    const value = sum / world.heldOut.length;
    known.set(prompt, value);
    return value;
  };
}

function chanceOf(row: SimRow, reading: ReadPrompt, { labels }: World): number {
  const statement = deciding(reading.statements, row.concepts);
  const q = statement ? compliance(reading) : 0;
  const slip = labels.includes(row.gold) ? (1 - topicShare) / labels.length : 0;
  const otherwise = row.gold === row.topic.toUpperCase() ? topicShare : slip;
  const right = (statement?.label === row.gold ? q : 0) + (1 - q) * otherwise;
  return right * (1 - (reading.asksForm ? unreadable.asked : unreadable.unasked));
}

/** Long prompts and many rules are followed less. */
function compliance({ statements, tokens }: ReadPrompt): number {
  const many = 0.008 * Math.max(0, statements.length - 8);
  const long = 0.035 * Math.log2(Math.max(1, tokens / 120));
  return Math.min(0.97, Math.max(0.35, 0.97 - many - long));
}

function luckOf(seed: number, kind: string, row: string, prompt: string, sample: number): number {
  const own = normalOf(`${seed} ${kind} ${row}`);
  const fresh = normalOf(`${seed} ${kind} ${row} ${sample} ${prompt}`);
  return cumulative(Math.sqrt(shared) * own + Math.sqrt(1 - shared) * fresh);
}

// Box and Muller: two hashed uniform numbers make a normal one.
function normalOf(text: string): number {
  const radius = Math.sqrt(-2 * Math.log(hashedFraction(text, 1) + 2 ** -33));
  return radius * Math.cos(2 * Math.PI * hashedFraction(text, 2));
}

/** Standard normal distribution (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
function cumulative(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const poly =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const upper = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * poly;
  return z >= 0 ? 1 - upper : upper;
}

function remembered(world: World): (prompt: string) => ReadPrompt {
  const known = new Map<string, ReadPrompt>();
  return prompt => {
    const before = known.get(prompt);
    if (before) return before;
    const reading = readPrompt(prompt, world);
    known.set(prompt, reading);
    return reading;
  };
}
