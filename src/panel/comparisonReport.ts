import type { VersionsComparison } from '../engine/index.ts';
import { csvReport } from './comparisonCsv.ts';
import { htmlReport } from './comparisonHtml.ts';
import { markdownReport } from './comparisonMarkdown.ts';

/** The forms in which a comparison leaves the house, by the ending of the file. */
export const reportForms: Readonly<Record<string, (comparison: VersionsComparison) => string>> = {
  md: markdownReport,
  csv: csvReport,
  html: htmlReport,
};

/** The comparison in the form that a file's ending asks for; undefined for any other ending. */
export function comparisonReport(comparison: VersionsComparison, path: string): string | undefined {
  const ending = /\.([^./\\]+)$/u.exec(path)?.[1]?.toLowerCase() ?? '';
  const form = Object.hasOwn(reportForms, ending) ? reportForms[ending] : undefined;
  return form?.(comparison);
}
