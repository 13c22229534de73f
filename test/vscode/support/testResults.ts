import type { TestController, TestItem, TestMessage, TestRun } from 'vscode';

/** How a test ended, as it was told to VS Code. */
export interface TestEnd {
  readonly item: TestItem;
  readonly state: 'passed' | 'failed' | 'errored' | 'skipped';
  readonly message?: TestMessage;
  /** Milliseconds. */
  readonly duration?: number;
}

/** A run of tests as VS Code was told of it. */
export interface ToldRun {
  readonly ends: TestEnd[];
  output: string;
  over: boolean;
}

/**
 * Listens to what the extension tells VS Code of its test runs: VS Code itself has no stable way to
 * ask for results. Every call still goes to the real run.
 */
export function listenToRuns(controller: TestController): {
  readonly runs: ToldRun[];
  leave(): void;
} {
  const runs: ToldRun[] = [];
  const create = controller.createTestRun;
  controller.createTestRun = (...given) => {
    const run = create.apply(controller, given);
    const told: ToldRun = { ends: [], output: '', over: false };
    runs.push(told);
    return listening(run, told);
  };
  return { runs, leave: () => void (controller.createTestRun = create) };
}

function listening(run: TestRun, told: ToldRun): TestRun {
  const messageIn = (message: TestMessage | readonly TestMessage[]): TestMessage | undefined =>
    Array.isArray(message) ? (message as readonly TestMessage[])[0] : (message as TestMessage);
  const ended = (end: TestEnd): void => void told.ends.push(end);
  const time = (duration: number | undefined) => (duration === undefined ? {} : { duration });
  return {
    name: run.name,
    token: run.token,
    isPersisted: run.isPersisted,
    onDidDispose: run.onDidDispose,
    addCoverage: coverage => run.addCoverage(coverage),
    enqueued: item => run.enqueued(item),
    started: item => run.started(item),
    skipped(item) {
      ended({ item, state: 'skipped' });
      run.skipped(item);
    },
    passed(item, duration) {
      ended({ item, state: 'passed', ...time(duration) });
      run.passed(item, duration);
    },
    failed(item, message, duration) {
      const first = messageIn(message);
      ended({ item, state: 'failed', ...(first ? { message: first } : {}), ...time(duration) });
      run.failed(item, message, duration);
    },
    errored(item, message, duration) {
      const first = messageIn(message);
      ended({ item, state: 'errored', ...(first ? { message: first } : {}), ...time(duration) });
      run.errored(item, message, duration);
    },
    appendOutput(output, location, test) {
      told.output += output;
      run.appendOutput(output, location, test);
    },
    end() {
      told.over = true;
      run.end();
    },
  };
}
