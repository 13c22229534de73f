import { confusionMatrix } from './confusionMatrix.ts';
import { labelPairs } from './labels.ts';

/** The evaluation of AutoPrompt (Levi et al. 2024), class `Eval`: what its analyser model is told. */
export interface ConfusionReport {
  /** Share of equal labels among the rows that count; NaN where none does. */
  readonly meanScore: number;
  /** Rows that count, and how many of them are wrong. */
  readonly rows: number;
  readonly errors: number;
  /** Over the labels of the schema: a prediction outside of it lowers the score, and is not here. */
  readonly matrix: readonly (readonly number[])[];
  readonly text: string;
}

/** Rows where either side is `Discarded` do not count. Throws as `confusionMatrix` does. */
export function confusionReport(
  predicted: readonly string[],
  expected: readonly string[],
  schema: readonly string[],
): ConfusionReport {
  const pairs = labelPairs(predicted, expected).filter(
    pair => pair.predicted !== 'Discarded' && pair.expected !== 'Discarded',
  );
  const matrix = confusionMatrix(pairs, { labels: schema });
  const right = pairs.filter(pair => pair.predicted === pair.expected).length;
  const lines = schema.map((label, row) => `${label}: ${printedRow(matrix[row] ?? [])}`);
  const head = `Confusion matrix columns:[${schema.map(quoted).join(', ')}] the matrix data:`;
  const rows = pairs.length;
  return {
    meanScore: right / rows,
    rows,
    errors: rows - right,
    matrix,
    text: `${head}\n${lines.join('\n')}`,
  };
}

/** Counts as numpy prints them: as wide as the widest of the row, wrapped after 75 characters. */
function printedRow(counts: readonly number[]): string {
  const width = Math.max(...counts.map(count => String(count).length));
  const lines: string[] = [];
  let line = '[';
  for (const count of counts) {
    const cell = String(count).padStart(width);
    if (line.length + cell.length + (line.length > 1 ? 1 : 0) > 74 && line.length > 1) {
      lines.push(line);
      line = ' ';
    }
    line += line.trim() === '' || line === '[' ? cell : ` ${cell}`;
  }
  return [...lines, `${line}]`].join('\n');
}

/** A text as Python's `repr` writes it. */
function quoted(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inside = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `${mark}${mark === "'" ? inside.replaceAll("'", "\\'") : inside}${mark}`;
}
