import assert from 'node:assert/strict';
import { families, type Family } from './families.ts';
import { gradeOf } from './grade.ts';
import { yardstickOf } from './oracle.ts';
import { ruleLine } from './rules.ts';
import type { SimRow } from './rows.ts';
import { taskModelOf } from './taskModel.ts';
import { formatLine, worldOf, type World } from './world.ts';

const names = Object.keys(families) as Family[];
const tiers = ['S', 'M'] as const;

describe('the worlds of the search bench', () => {
  it('are the same for the same seed and others for another', () => {
    for (const name of names) {
      const texts = (seed: number): string[] => worldOf(seed, 'M', name).rows.map(row => row.text);
      assert.deepEqual(texts(3), texts(3));
      assert.notDeepEqual(texts(3), texts(4));
    }
  });

  it('leave room between original and best in every family but the saturated one', () => {
    for (const name of names) {
      for (const tier of tiers) {
        const { original, attainable } = yardstickOf(worldOf(1, tier, name));
        const room = attainable - original;
        if (name === 'T10') assert.ok(room < 0.05, `${name} ${tier}: ${room}`);
        else assert.ok(room > 0.15, `${name} ${tier}: ${room}`);
      }
    }
  });

  it('hold rows, test rows and the rows of the oracle apart', () => {
    const { rows, testRows, heldOut } = worldOf(2, 'M', 'T1');
    const anchors = [...rows, ...testRows, ...heldOut].map(row => row.anchor);
    assert.equal(new Set(anchors).size, anchors.length);
  });

  it('agree between oracle and task model: the share of right answers is the expected one', () => {
    for (const name of names) {
      const world = withRowsOfTheOracle(worldOf(5, 'M', name));
      const said = world.rows.map(row => ({ row, answer: answerOf(world, world.original, row) }));
      const mean = said.reduce((sum, each) => sum + score(each.answer, each.row, world), 0) / 1500;
      const { original } = yardstickOf(world);
      // Four standard errors of a share over 1,500 rows.
      assert.ok(Math.abs(mean - original) < 0.052, `${name}: ${mean} beside ${original}`);
    }
  });

  it('convey some rules of T7 by examples only', () => {
    const world = worldOf(6, 'M', 'T7');
    const yardstick = yardstickOf(world);
    const base = `${world.original}\n${formatLine}`;
    const gain = (lines: string): number =>
      yardstick.accuracy(`${base}\n${lines}`) - yardstick.accuracy(base);
    const stated = world.shownOnly.map(rule =>
      ruleLine(rule, concept => world.words[concept]?.[0] ?? ''),
    );
    const shown = world.shownOnly.map(({ when, label }) =>
      world.rows
        .filter(row => row.gold === label && when.every(each => row.concepts.has(each)))
        .sort((a, b) => a.concepts.size - b.concepts.size)
        .slice(0, 2)
        .map(row => `${row.text}\nAnswer: ${row.gold}`)
        .join('\n'),
    );
    assert.ok(Math.max(...stated.map(gain)) <= 0);
    assert.ok(Math.max(...shown.map(gain)) > 0.01);
  });

  it('know other words in T11 than those the original was written with', () => {
    const world = worldOf(7, 'M', 'T11');
    const yardstick = yardstickOf(world);
    const heard = world.rules.map(rule =>
      ruleLine(rule, each => world.words[each]?.find(word => !world.unheard.has(word)) ?? ''),
    );
    assert.ok(yardstick.accuracy([formatLine, ...heard].join('\n')) > yardstick.original + 0.1);
  });

  it('have wrong answers in T8 among the rows to optimize on and none among those of the oracle', () => {
    const clean = worldOf(8, 'M', 'T1');
    const share = (world: World, rows: readonly SimRow[]): number =>
      rows.filter(row => row.gold !== trueAnswer(world, row)).length / rows.length;
    const noisy = worldOf(8, 'L', 'T8');
    assert.equal(share(clean, clean.rows), 0);
    assert.equal(share(noisy, noisy.heldOut), 0);
    const wrong = share(noisy, noisy.rows);
    assert.ok(wrong > 0.02 && wrong < 0.09, String(wrong));
  });

  it('grade a near label in T12 above a far one', () => {
    const world = worldOf(9, 'M', 'T12');
    const [first = '', second = '', last = ''] = [0, 1, -1].map(at => world.labels.at(at) ?? '');
    assert.equal(gradeOf(first, first, world), 1);
    assert.ok(gradeOf(second, first, world) > gradeOf(last, first, world));
    assert.equal(gradeOf('UNREADABLE', first, world), 0);
    assert.equal(gradeOf(second, first, worldOf(9, 'M', 'T1')), 0);
  });

  it('are answered by the case that comes last, not by the examples before it', () => {
    const world = worldOf(10, 'M', 'T10');
    const [example, row] = world.rows;
    assert.ok(example && row);
    const prompt = `${world.original}\n${example.text}\nAnswer: ${example.gold}`;
    const other = taskModelOf(world)(`${prompt}\nCase K999999: topic ${row.topic}; about it`);
    assert.equal(other, 'There is no case.');
    assert.match(answerOf(world, prompt, row), /<<\w+>>|I would say it is/u);
  });
});

function answerOf(world: World, prompt: string, row: SimRow): string {
  return taskModelOf(world)(`${prompt}\n${row.text}`);
}

function score(answer: string, row: SimRow, world: World): number {
  const said = /<<(\w+)>>/u.exec(answer)?.[1];
  return said === undefined ? 0 : gradeOf(said, row.gold, world);
}

/** The oracle's rows as rows that the task model answers. */
function withRowsOfTheOracle(world: World): World {
  return { ...world, rows: world.heldOut };
}

function trueAnswer({ rules, topics }: World, { concepts, topic }: SimRow): string {
  assert.ok(topics.includes(topic));
  const firing = rules.filter(rule => rule.when.every(each => concepts.has(each)));
  const most = firing.sort((a, b) => b.when.length - a.when.length)[0];
  return most?.label ?? topic.toUpperCase();
}
