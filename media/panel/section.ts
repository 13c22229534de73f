import { html, nothing, type TemplateResult } from 'lit';

/** A part of the form under its heading. */
export function section(
  title: string,
  content: TemplateResult,
  aside: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  const id = `heading-${title.toLowerCase().replaceAll(' ', '-')}`;
  return html`<section aria-labelledby=${id}>
    <h2 id=${id}>${title} ${aside}</h2>
    ${content}
  </section>`;
}
