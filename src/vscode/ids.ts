/**
 * Every name that `package.json` and the code share. `test/manifest.test.ts` holds both against
 * each other, in both directions.
 */

/** Commands, by what they do. */
export const commands = {
  refine: 'promptRefiner.refine',
  refineWith: 'promptRefiner.refineWith',
  lockSection: 'promptRefiner.lockSection',
  unlockSection: 'promptRefiner.unlockSection',
  acceptRefinement: 'promptRefiner.acceptRefinement',
  acceptHunk: 'promptRefiner.acceptHunk',
  discardHunk: 'promptRefiner.discardHunk',
  refineAgain: 'promptRefiner.refineAgain',
  discardRefinement: 'promptRefiner.discardRefinement',
  optimize: 'promptRefiner.optimize',
  pauseRun: 'promptRefiner.pauseRun',
  continueRun: 'promptRefiner.continueRun',
  cancelRun: 'promptRefiner.cancelRun',
  compareVersions: 'promptRefiner.compareVersions',
  openVersion: 'promptRefiner.openVersion',
  refreshVersions: 'promptRefiner.refreshVersions',
  nameVersion: 'promptRefiner.nameVersion',
  noteVersion: 'promptRefiner.noteVersion',
  pinVersion: 'promptRefiner.pinVersion',
  unpinVersion: 'promptRefiner.unpinVersion',
  restoreVersion: 'promptRefiner.restoreVersion',
  openVersionSource: 'promptRefiner.openVersionSource',
  writeVersionToSource: 'promptRefiner.writeVersionToSource',
  showRun: 'promptRefiner.showRun',
  setApiKey: 'promptRefiner.setApiKey',
  removeApiKey: 'promptRefiner.removeApiKey',
  chooseModel: 'promptRefiner.chooseModel',
  tryDemo: 'promptRefiner.tryDemo',
  openWalkthrough: 'promptRefiner.openWalkthrough',
  showLog: 'promptRefiner.showLog',
  previewDataset: 'promptRefiner.previewDataset',
  addRow: 'promptRefiner.addRow',
  addFixedAnswer: 'promptRefiner.addFixedAnswer',
  exportResults: 'promptRefiner.exportResults',
  checkJudge: 'promptRefiner.checkJudge',
  testPrompt: 'promptRefiner.testPrompt',
} as const;

/** The activity-bar container. */
export const container = 'promptRefiner';

/** Views inside the container. */
export const views = {
  run: 'promptRefiner.run',
  versions: 'promptRefiner.versions',
} as const;

/** The controller of the Testing view. */
export const testController = 'promptRefiner.datasets';

/** What the message of a wrong answer is called in the `when` clauses of its menu. */
export const wrongAnswer = 'promptRefiner.wrongAnswer';

/** Settings, without the section in front. */
export const settings = {
  taskModel: 'taskModel',
  optimizerModel: 'optimizerModel',
  refineModel: 'refineModel',
  judgeModel: 'judgeModel',
  metrics: 'metrics',
  openaiBaseUrl: 'openai.baseUrl',
  vertexProject: 'vertex.project',
  vertexLocation: 'vertex.location',
  concurrency: 'concurrency',
  temperature: 'temperature',
  maxTokens: 'maxTokens',
  strategy: 'strategy',
  cacheSize: 'cacheSize',
  component: 'component',
  bandit: 'bandit',
  metaModel: 'metaModel',
  contrast: 'contrast',
  crossValidation: 'crossValidation',
  repeats: 'repeats',
  lintRules: 'lint.rules',
} as const;

/** The section that all settings live in. */
export const settingsSection = 'promptRefiner';

/** The setting that a person may have put a key into; it is not declared, and refused. */
export const refusedKeySettings = ['apiKey', 'openai.apiKey', 'openaiApiKey'] as const;

/** Schemes of the documents that we serve. */
export const schemes = {
  refinement: 'prompt-refinement',
  version: 'prompt-version',
  dataset: 'prompt-dataset',
} as const;

/** The Getting Started walkthrough. */
export const walkthrough = 'gettingStarted';

/** Names of `when` clauses that the code sets. */
export const contextKeys = {
  hasVersions: 'promptRefiner.hasVersions',
  running: 'promptRefiner.running',
  paused: 'promptRefiner.paused',
  exportable: 'promptRefiner.exportable',
} as const;
