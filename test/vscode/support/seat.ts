import { sitDown } from './person.ts';
import type { Person } from './person.ts';
import { closeEverything, promptRefiner, setSetting } from './window.ts';

/**
 * The set-up of every suite about refinement: the extension runs, this model refines, a person sits
 * at the window during each test, and the window is empty again after it.
 */
export function seatForRefining(model = 'demo:optimizer'): Person {
  let seated: Person | undefined;
  before(async () => {
    await promptRefiner();
    await setSetting('refineModel', model);
  });
  beforeEach(() => void (seated = sitDown()));
  afterEach(async () => {
    seated?.leave();
    await closeEverything();
  });
  after(() => setSetting('refineModel', undefined));
  // Each test has a person of its own; the suite knows the one who sits there now.
  return new Proxy({} as Person, {
    get: (_, name) => Reflect.get(seated ?? {}, name) as unknown,
  });
}
