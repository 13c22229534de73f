export { markdownCell, markdownTable } from '../panel/markdownTable.ts';
export type { Table } from '../panel/textTable.ts';
