export { cleanExcerpt, cleanLine, cleanText } from '../report/cleanText.ts';
