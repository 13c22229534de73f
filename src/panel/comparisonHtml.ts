import type { VersionsComparison } from '../engine/index.ts';
import { costTable, headTable, scoreTable } from './comparisonTables.ts';
import type { DiffPart } from './messages.ts';
import { presentVersions } from './presentVersions.ts';
import { rowsInSight } from './rowsView.ts';
import type { CellView, RowsView } from './rowsView.ts';
import type { Table } from './textTable.ts';

/** Rows that a printed report holds; the CSV has every one. */
const mostRows = 500;

/**
 * The comparison as one page of HTML: no script, nothing from elsewhere, and it prints as it is.
 * A reader's browser is told to run nothing either.
 */
export function htmlReport(comparison: VersionsComparison): string {
  const view = presentVersions(comparison, { kind: 'all', from: 0 });
  const diffs = view.diffs.flatMap(({ title, components }) =>
    components.map(
      ({ title: name, parts, changed }) =>
        `<h2>${text(`${name}, ${title}`)}</h2>\n${
          changed ? diff(parts) : '<p>The same in both versions.</p>'
        }`,
    ),
  );
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-report'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(view.title)}</title>
<style nonce="report">${style}</style>
</head>
<body>
<h1>${text(view.title)}</h1>
${table(headTable(view))}
<h2>Metrics</h2>
${view.rows.length > 0 ? table(scoreTable(view)) : ''}
<p>${text(view.note)}</p>
<h2>Cost and tokens</h2>
${table(costTable(view))}
${diffs.join('\n')}
${answers(comparison)}
</body>
</html>
`;
}

function answers(comparison: VersionsComparison): string {
  const pages: RowsView[] = [];
  let from = 0;
  for (;;) {
    const { answers: page } = presentVersions(comparison, { kind: 'all', from });
    if (!page || page.items.length === 0) break;
    pages.push(page);
    from += rowsInSight;
    if (from >= Math.min(page.counts.all, mostRows)) break;
  }
  const [first] = pages;
  if (!first) return '';
  const left = first.counts.all - Math.min(first.counts.all, pages.length * rowsInSight);
  const rows = pages
    .flatMap(page => page.items)
    .map(row => `<tr><th scope="row">${text(row.name)}</th>${row.cells.map(cell).join('')}</tr>`);
  return `<h2>Answers, ${text(first.title)}</h2>
<p>The figure is the ${text(comparison.rows?.metric ?? 'score')} of the row, 0 to 1.</p>
<table class="answers"><thead><tr><th scope="col">Row</th>${heads(first.columns)}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table>
${left > 0 ? `<p>${left} more rows are in the CSV report.</p>` : ''}`;
}

function cell({ score, level, output }: CellView): string {
  return `<td class="level-${level ?? 'none'}"><b>${text(score)}</b> ${text(output)}</td>`;
}

function table({ heads: names, rows }: Table): string {
  const body = rows.map(
    ([first = '', ...others]) =>
      `<tr><th scope="row">${text(first)}</th>${others.map(each => `<td>${text(each)}</td>`).join('')}</tr>`,
  );
  return `<table><thead><tr>${heads(names)}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}

function heads(names: readonly string[]): string {
  return names.map(name => `<th scope="col">${text(name)}</th>`).join('');
}

function diff(parts: readonly DiffPart[]): string {
  const marks = { same: 'span', removed: 'del', added: 'ins' } as const;
  const pieces = parts.map(part => {
    const mark = marks[part.kind];
    return `<${mark}>${text(part.text)}</${mark}>`;
  });
  return `<pre>${pieces.join('')}</pre>`;
}

/** Text as text, also inside of an attribute. */
function text(raw: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return raw.replace(/[&<>"']/gu, character => entities[character] ?? '');
}

const style = `
:root { color-scheme: light dark; font: 14px/1.45 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; break-after: avoid; }
table { border-collapse: collapse; width: 100%; }
th[scope='row'] { min-width: 6rem; }
th, td { border-bottom: 1px solid #8886; padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: top; }
thead { display: table-header-group; } thead th { overflow-wrap: normal; } tr { break-inside: avoid; }
td { font-variant-numeric: tabular-nums; }
pre { border: 1px solid #8886; padding: .8rem; white-space: pre-wrap; }
ins { background: #2a92; } del { background: #d332; }
.answers { table-layout: fixed; } .answers th:first-child { width: 6rem; }
.answers td { border-left: 4px solid #8888; padding-left: .5rem; }
.answers .level-0 { border-left-color: #c33; } .answers .level-4 { border-left-color: #2a6; }
@page { margin: 14mm; }
@media print {
  :root { color-scheme: light; font-size: 9pt; print-color-adjust: exact; }
  body { margin: 0; max-width: none; padding: 0; }
  pre { break-inside: avoid; }
}
`;
