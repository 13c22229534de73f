export { textTable } from '../panel/textTable.ts';
