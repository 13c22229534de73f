/** Prompts as careful people write them, with what their call sites fill in: nothing to complain. */
export const goodPrompts: readonly { readonly text: string; readonly names?: readonly string[] }[] =
  [
    {
      text: `Edit the file as the person wishes.

{final_reminders}
Only answer with edits. Query the JSON before you return an answer.
Never reply in JSON.`,
    },
    {
      text: `You are a support agent for a shop of household goods. Classify the ticket.

Labels: bug, wish, billing, other.

<ticket>
{{ticket}}
</ticket>

Answer with one JSON object: {"label": "...", "sure": true}. Return JSON only, no Markdown fences.`,
      names: ['ticket'],
    },
    {
      text: `Summarize the article for {audience} in at most {count:d} sentences. Use plain words.

Do not add facts. If the article gives no date, say "no date".

Article:
"""
{article}
"""

Summary:`,
      names: ['audience', 'count', 'article'],
    },
    {
      text: `Translate the text into {{ language }}. Keep names, numbers and placeholders such as \`{name}\` or \`%s\` as they are.
{% for term in glossary %}
- {{ term.source }} → {{ term.target | lower }}
{% endfor %}

Text: {{ text }}`,
      names: ['language', 'glossary', 'text'],
    },
    {
      text: `# Role
You review pull requests of a TypeScript project.

# Task
Look at the diff and list real faults. For each: file, line, what breaks, how to fix it.

# Format
Markdown, one bullet for each fault. Show code in fences:

\`\`\`ts
const answer = \`\${value}\`;
\`\`\`

If there is no fault, answer "No faults found."

# Diff
\`\`\`diff
\${diff}
\`\`\``,
      names: ['diff'],
    },
    {
      text: `Extract the fields below from the invoice. The invoice may be plain text or HTML. Respond with valid JSON.

- "number": as printed
- "total": a number with two decimals, without the currency
- "date": ISO 8601

The value of "notes" may hold Markdown. Use null where a field is missing. The total must match /^\\d{1,7}\\.\\d{2}$/.

Invoice: %(invoice)s`,
      names: ['invoice'],
    },
    {
      text: `Du bist Redakteurin einer Lokalzeitung. Schreibe aus den Stichpunkten eine Meldung von 120 Wörtern. Nenne zuerst, was geschehen ist. Keine Ausrufezeichen.

Stichpunkte:
{stichpunkte}`,
      names: ['stichpunkte'],
    },
    {
      text: `Vous êtes l’assistant d’une bibliothèque. Répondez en français\u{A0}: une phrase, puis la cote entre «\u{A0}guillemets\u{A0}». Le prix est de 10\u{A0}€.

Question\u{202F}: {{question}}`,
      names: ['question'],
    },
    {
      text: `أنت مساعد في متجر. أجب بجملة واحدة وبأدب.\u{200F} السؤال: {{question}}`,
      names: ['question'],
    },
    {
      text: `Answer the question from the documents. Cite each claim as [1], [2]. If the documents do not hold the answer, say so; never guess. Thanks 👩‍💻!

<documents>
{documents}
</documents>

Question: {question}

Think step by step inside <scratchpad></scratchpad> and give the final answer inside <answer></answer>.`,
      names: ['documents', 'question'],
    },
    {
      text: `Write the SQL for the request. Use only these tables: {schema}. Return SQL only, without an explanation. Where the request cannot be answered, return the word IMPOSSIBLE.

Commit 9fceb02d0ae598e95dc970b74767f19372d61af8 of the schema is in use; the token budget is 2000. The API key comes from the environment (OPENAI_API_KEY=your_key_here).

Request: {request}`,
      names: ['schema', 'request'],
    },
    {
      text: `Rate the answer from 1 to 5 for helpfulness. Compare it with the reference, but do not reward length.

Reference:
---
{reference}
---
Answer:
---
{answer}
---
First give your reasons in two sentences, then the rating on a line of its own as "Rating: <number>".`,
      names: ['reference', 'answer'],
    },
    {
      text: `Turn the notes into LaTeX. Use \\section{title} and \\frac{a}{b}; write x^{2}, not x². Hello {{name}}, keep your own macros.`,
      names: ['name'],
    },
  ];
