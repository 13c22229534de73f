/** Comment lines at the top of a file, in any of our languages, and blank ones between them. */
const opening = /^\ufeff?(?:[ \t]*(?:#|\/\/|\/\*|\*|<!--)[^\n]*\n|\s*\n)+/;
const marks =
  /@generated\b|\bcode generated\b.*\bdo not edit\b|\b(?:auto-?|automatically )generated\b|\bgenerated (?:by|from)\b.*\b(?:do not|don['’]t) (?:edit|modify|change)\b/is;

/** Longest opening that is looked at, in characters. */
const reach = 4_000;

/** Whether the comment at the top of a file says that a program made it. */
export function isGenerated(file: string): boolean {
  return marks.test(opening.exec(file.slice(0, reach))?.[0] ?? '');
}
