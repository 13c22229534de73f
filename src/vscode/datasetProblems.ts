import { Diagnostic, DiagnosticSeverity, languages, Range } from 'vscode';
import type { Uri } from 'vscode';
import type { DatasetProblem } from '../engine/index.ts';
import type { Resource } from './host.ts';

/** What is known to be wrong with the chosen dataset. */
export interface DatasetFindings {
  readonly uri: Uri;
  /** Why the file cannot be used at all. */
  readonly fault?: DatasetProblem;
  /** Rows that cannot be used. */
  readonly problems: readonly DatasetProblem[];
  /** What is worth knowing of usable rows. */
  readonly warnings: readonly DatasetProblem[];
}

/** The chosen dataset's lines in VS Code's Problems panel. */
export interface DatasetDiagnostics extends Resource {
  /** Shows these in place of what was shown before; nothing where there is no dataset. */
  show(findings: DatasetFindings | undefined): void;
}

/** More lines than these would only slow the Problems panel down. */
const mostShown = 500;

/** Opens the collection; it is cleared when the file is mended or another one is chosen. */
export function datasetDiagnostics(): DatasetDiagnostics {
  const collection = languages.createDiagnosticCollection('Prompt Refiner');
  let shown = '';
  return {
    show(findings) {
      const next = JSON.stringify(findings ?? '');
      if (next === shown) return;
      shown = next;
      collection.clear();
      if (findings) collection.set(findings.uri, diagnosticsOf(findings));
    },
    dispose: () => collection.dispose(),
  };
}

function diagnosticsOf({ fault, problems, warnings }: DatasetFindings): Diagnostic[] {
  const { Error: error, Warning: warning, Information: information } = DiagnosticSeverity;
  const at = (severity: DiagnosticSeverity) => (found: DatasetProblem) =>
    diagnostic(found, severity);
  return [
    ...(fault ? [diagnostic(fault, error)] : []),
    ...problems.slice(0, mostShown).map(at(warning)),
    ...warnings.slice(0, mostShown).map(at(information)),
  ];
}

function diagnostic({ line, message }: DatasetProblem, severity: DiagnosticSeverity): Diagnostic {
  const row = Math.max(0, line - 1);
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  const found = new Diagnostic(new Range(row, 0, row, 1_000), sentence, severity);
  found.source = 'Prompt Refiner';
  return found;
}
