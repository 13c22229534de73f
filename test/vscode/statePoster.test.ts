import assert from 'node:assert/strict';
import { statePoster } from '../../src/vscode/panel/statePoster.ts';

describe('posting states to a view', () => {
  const interval = 40;

  function poster() {
    const posts: number[] = [];
    const view = { visible: true };
    const { changed, dispose } = statePoster({
      post: revision => posts.push(revision),
      isVisible: () => view.visible,
      interval,
    });
    return { posts, view, changed, dispose };
  }
  const pause = (ms: number) => new Promise(done => setTimeout(done, ms));

  it('posts the first change at once, and a thousand more as one', async () => {
    const { posts, changed, dispose } = poster();
    for (let change = 0; change < 1_000; change += 1) changed();
    assert.equal(posts.length, 1);
    await pause(interval * 2.5);
    assert.equal(posts.length, 2);
    dispose();
  });

  it('posts nothing to a hidden view', async () => {
    const { posts, view, changed, dispose } = poster();
    view.visible = false;
    changed();
    await pause(interval * 2);
    assert.deepEqual(posts, []);
    view.visible = true;
    changed();
    assert.equal(posts.length, 1);
    dispose();
  });

  it('numbers states upwards, and is silent once disposed', async () => {
    const { posts, changed, dispose } = poster();
    changed();
    changed();
    await pause(interval * 2.5);
    changed();
    changed();
    dispose();
    await pause(interval * 2.5);
    assert.deepEqual(
      posts,
      posts.toSorted((a, b) => a - b),
    );
    assert.equal(posts.length, 3);
  });
});
