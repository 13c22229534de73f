/** An answer in the form that the model is asked for. */
export function rewritten(
  text: string,
  ...changes: readonly (readonly [string, string])[]
): string {
  const list = changes.map(
    ([what, why]) => `<change><what>${what}</what><why>${why}</why></change>`,
  );
  return `<refined_prompt>\n${text}\n</refined_prompt>\n<changes>\n${list.join('\n')}\n</changes>`;
}
