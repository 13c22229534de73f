import assert from 'node:assert/strict';
import type { RefineRequest } from '../../../src/engine/core/refinement.ts';
import { refine } from '../../../src/engine/refine/refine.ts';
import { scriptedModel, textOf, type Reply } from '../../support/scriptedModel.ts';
import { rewritten } from './rewritten.ts';

const text = 'You have to sum up {{text}} for the reader and name the three main points of it.';
const better = 'Sum up {{text}} for the reader. Name its three main points.';

function sentWith(request: Partial<RefineRequest>, ...replies: Reply[]) {
  const model = scriptedModel(replies.length > 0 ? replies : [rewritten(better)]);
  return { model, refinement: refine({ text, ...request }, model) };
}

const findings = (...list: string[]): string =>
  `<critic_findings>\n${list.map(each => `<critic_finding>${each}</critic_finding>`).join('\n')}\n</critic_findings>`;

describe('iterative refinement', () => {
  const request = { techniques: ['iterative'] };

  it('rewrites until the critic finds nothing more, and pays for every answer', async () => {
    const last = 'Sum up {{text}} for the reader of a newspaper. Name its three main points.';
    const { model, refinement } = sentWith(
      request,
      rewritten(better),
      findings('The reader is lost.'),
      rewritten(last),
      findings(),
    );
    const { after, usage, notes } = await refinement;
    assert.deepEqual([after, usage.calls, notes], [last, 4, []]);
    assert.match(textOf(model.requests[1] ?? assert.fail('no critic')), /<draft_to_judge>\nSum up/);
    assert.match(textOf(model.requests[2] ?? assert.fail('no round')), /- The reader is lost\./);
  });

  it('ends after the rounds that were asked for', async () => {
    const model = scriptedModel((_request, call) =>
      call % 2 ? findings(`Finding ${call}`) : rewritten(`${better} (${call})`),
    );
    const { after } = await refine({ text, ...request, rounds: 2 }, model);
    assert.equal(after, `${better} (4)`);
    assert.equal(model.requests.length, 5);
  });

  it('keeps the last good draft where a round breaks a promise or the critic cannot be read', async () => {
    const broken = sentWith(
      request,
      rewritten(better),
      findings('Too long.'),
      rewritten('Sum it up.'),
    );
    const kept = await broken.refinement;
    assert.equal(kept.after, better);
    assert.match(
      kept.notes.join(),
      /Round 1 of the critique was dropped: The placeholder \{\{text\}\}/,
    );
    const mute = await sentWith(request, rewritten(better), 'Looks fine to me.').refinement;
    assert.equal(mute.after, better);
    assert.match(mute.notes.join(), /no judgement/);
  });

  it('reads findings as lines, without an end tag, and "none"', async () => {
    for (const none of [
      '<critic_findings>None.</critic_findings>',
      '<Critic_Findings />',
      '<critic_findings>\n',
    ]) {
      assert.equal((await sentWith(request, rewritten(better), none).refinement).usage.calls, 2);
    }
    const lines = sentWith(
      request,
      rewritten(better),
      '<critic_findings>\n- a\n2. b',
      rewritten(better),
      findings(),
    );
    await lines.refinement;
    assert.match(textOf(lines.model.requests[2] ?? assert.fail('no round')), /\n- a\n- b\n/);
  });
});

describe('a prompt chain', () => {
  const steps = (...list: (readonly [string, string])[]): string =>
    rewritten(
      list
        .map(
          ([title, body]) =>
            `<chain_step><step_title>${title}</step_title>\n${body}\n</chain_step>`,
        )
        .join('\n'),
    );
  const request = { techniques: ['chain'] };

  it('comes back in parts and as one text', async () => {
    const { after, candidates } = await sentWith(
      request,
      steps(
        ['Read', 'List the main points of {{text}}.'],
        ['Write', 'Sum up your list for the reader.'],
      ),
    ).refinement;
    assert.deepEqual(candidates[0]?.parts, [
      { title: 'Read', text: 'List the main points of {{text}}.' },
      { title: 'Write', text: 'Sum up your list for the reader.' },
    ]);
    assert.equal(
      after,
      'Step 1: Read\n\nList the main points of {{text}}.\n\nStep 2: Write\n\nSum up your list for the reader.',
    );
  });

  it('of one step is the prompt itself', async () => {
    assert.equal((await sentWith(request, steps(['All', better])).refinement).after, better);
    assert.equal((await sentWith(request, rewritten(better)).refinement).after, better);
  });

  it('keeps placeholders over all its parts and locked sections in their order', async () => {
    const lost = sentWith(request, steps(['Read', 'List the points.'], ['Write', 'Sum up.']));
    await assert.rejects(lost.refinement, /placeholder \{\{text\}\} is lost/);
    const twice = sentWith(
      request,
      steps(['Read', 'List {{text}}.'], ['Write', 'Sum up {{text}}.']),
    );
    await assert.rejects(twice.refinement, /placeholder \{\{text\}\} is new/);
    const locked = [{ start: 0, end: 'You have to'.length }];
    const { candidates } = await sentWith(
      { ...request, locked },
      steps(
        ['Read', '[[LOCKED_1]] list the points of {{text}} for a reader.'],
        ['Write', 'Sum up.'],
      ),
    ).refinement;
    assert.equal(
      candidates[0]?.parts?.[0]?.text,
      'You have to list the points of {{text}} for a reader.',
    );
  });
});
