export { markdownCell, markdownTable } from '../panel/markdownTable.ts';
export { textTable, type Table } from '../panel/textTable.ts';
