/** The engine's only door: what a face may import. */
export * from './core/errors.ts';
export { parsePromptFile, formatPromptFile } from './core/promptFile.ts';
export { emptyRun, reduce } from './core/reduce.ts';
export { feedbackOf } from './core/score.ts';
export { withDefaults } from './core/defaults.ts';
export { placeholderNames, samePrompt } from './core/prompt.ts';
export { placesOf } from './core/lockedSections.ts';
export { findPlaceholders } from './core/placeholders.ts';
export { formatShares, parseShares, type Shares } from './core/shares.ts';
export { contextWindow } from './core/contextWindow.ts';
export { budgetAfter, noSpending, plusSpending, totalTokens } from './core/usage.ts';
export { runGate, type Gate, type RunGate } from './core/gate.ts';
export { textDiff } from './compare/textDiff.ts';
export { estimateTokens } from './core/tokenEstimate.ts';
export { anchorOf, type LiteralAnchor } from './sources/anchor.ts';
export { lineChanges, type Change } from './sources/differences.ts';
export type { EncodeOptions, ProvenAlternative } from './sources/encode.ts';
export { createSourceReader, type SourceReader } from './sources/find.ts';
export { isGenerated } from './sources/generated.ts';
export { knowsLanguage, languageOf } from './sources/hosts.ts';
export { isPromptFile, placeInFile } from './sources/promptPlaces.ts';
export type { PromptLiteral } from './sources/literal.ts';
export type { TextRange } from './sources/range.ts';
export { writeBack, type WriteBack } from './sources/writeBack.ts';
export { replaceFile } from './store/atomicWrite.ts';
export { versionPaths } from './store/layout.ts';
export type {
  EndReason,
  FailureKind,
  RunEvent,
  RunHeader,
  RunSettings,
  RunState,
  Tally,
  TrialState,
} from './core/run.ts';
export type { Prompt } from './core/prompt.ts';
export type { Tokenizer } from './core/tokenizer.ts';
export type { Repeat, Rollout } from './core/rollout.ts';
export { flakyRows, flakySentence, type Flaky } from './core/repeats.ts';
export type { Candidate } from './core/candidate.ts';
export type { Fold } from './core/fold.ts';
export type {
  ColumnDescription,
  ColumnMapping,
  Dataset,
  DatasetPreview,
  DatasetProblem,
  Example,
  Split,
} from './core/example.ts';
export type { Aggregate, Outcome, OutcomeCounts } from './core/score.ts';
export type {
  JudgeAgreement,
  JudgeCheckCost,
  JudgeCheckRequest,
  JudgeCheckResult,
  JudgeStanding,
} from './core/judge.ts';
export type { GuardMetric } from './core/metric.ts';
export type {
  Claim,
  Evaluation,
  GuardResult,
  Purpose,
  Scorecard,
  Trial,
  Verdict,
} from './core/trial.ts';
export type { Probe } from './probe.ts';
export type { Budget, Role, Spending, Usage } from './core/usage.ts';
export type { ModelListing, ProviderListing, LanguageModel } from './core/languageModel.ts';
export type {
  Measurement,
  PromptVersion,
  VersionDraft,
  VersionMark,
  VersionOrigin,
  VersionRef,
} from './core/version.ts';
export type { Breakdown, BreakdownRequest, Confusion, JudgedRow, Slice } from './core/breakdown.ts';
export type {
  ComparedCell,
  ComparedRow,
  ComparedRows,
  Comparison,
  ComparisonRow,
  TextChange,
  VersionCost,
  VersionsComparison,
} from './core/comparison.ts';
export type { RunSummary, VersionHistory } from './core/history.ts';
export type { RunHolder } from './core/owner.ts';
export type { RunReport, RunReportFacts } from './core/report.ts';
export type {
  AnsweredQuestion,
  BrokenPromise,
  PromptPart,
  Refinement,
  RefinementCandidate,
  RefinementChange,
  RefineQuestion,
  RefineQuestions,
  RefineRequest,
  Section,
  TokenChange,
} from './core/refinement.ts';
export type { RefineOptions } from './refine/refine.ts';
export type { StrategyListing } from './optimize/strategies/registry.ts';
export { guardNames } from './refine/guards.ts';
export { techniques } from './refine/techniques/registry.ts';
export type { Technique } from './refine/techniques/technique.ts';
export { lintPromptsIn, safeEdits, withEdits, type SourceFinding } from './lintPromptsIn.ts';
export { lintPrompt, lintRules } from './lint/lint.ts';
export type { LintFacts, LintFinding, LintRule, QuickFix, TextEdit } from './lint/finding.ts';
export type {
  CompareRequest,
  DatasetRequest,
  Engine,
  Estimate,
  EvaluateRequest,
  MetricListing,
  OptimizeRequest,
  Range,
  ResumeOptions,
} from './verbs.ts';
export type { AppendedRow } from './datasets/appendRow.ts';
export type { ExportFormat } from './datasets/exportRows.ts';
export type { ExportRequest } from './exportRun.ts';
export type { KeyLookup, Provider } from './core/provider.ts';
