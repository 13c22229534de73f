import assert from 'node:assert/strict';
import { lintPromptsIn } from '../../../src/engine/lintPromptsIn.ts';
import { createSourceReader } from '../../../src/engine/sources/find.ts';

/** Rule and marked piece of every finding in a file; the fix behind an arrow, safe ones with two. */
async function found(file: string, language: string): Promise<string[]> {
  const { findings } = await lintPromptsIn(createSourceReader(), file, language);
  return findings.map(({ finding: { rule, fix }, place }) => {
    const piece = file.slice(place.start, place.end).split('\n')[0];
    const fresh = fix ? ` ${fix.safe ? '=>' : '->'} ${fix.edits[0]?.text}` : '';
    return `${rule} ${piece}${fresh}`;
  });
}

const tell = 'Sort this ticket into a team';

describe('the lint of prompts in source files', () => {
  it('holds placeholders against the call that fills them', async () => {
    assert.deepEqual(
      await found(
        `PROMPT = "${tell}: {tiket} of {user}"\nPROMPT.format(ticket=t, user=u, tone=x)\n`,
        'python',
      ),
      [`unused-placeholder ${tell}: {tiket} of {user}`, 'unknown-placeholder {tiket} => {ticket}'],
    );
    assert.deepEqual(
      await found(
        `const prompt = '${tell}: {{tickt}}';\nprompt.replace('{{ticket}}', t);\n`,
        'typescript',
      ),
      ['unknown-placeholder {{tickt}} => {{ticket}}'],
    );
    assert.deepEqual(await found(`prompt = "${tell}: %(ticket)s" % {"ticket": t}\n`, 'python'), []);
  });

  it('says which names no f-string and no template literal can know', async () => {
    assert.deepEqual(
      await found(
        `def f(ticket, team):\n  prompt = f"${tell}: {tikcet} {team} {x[0]} {len(team)}"\n`,
        'python',
      ),
      ['unknown-placeholder {tikcet} -> {ticket}', 'unknown-placeholder {x[0]}'],
    );
    assert.deepEqual(
      await found(
        `const f = ticket => { const prompt = \`${tell}: \${tiket} \${JSON} \${this.x}\`; };\n`,
        'typescript',
      ),
      ['unknown-placeholder ${tiket} -> ${ticket}'],
    );
  });

  it('leaves alone what a second template fills', async () => {
    for (const [file, language] of [
      [`def f(team):\n  prompt = f"${tell}: {team} {{{{ticket}}}}"\n`, 'python'],
      [`const f = team => { const prompt = \`${tell}: \${team} {{ticket}}\`; };\n`, 'typescript'],
      [`prompt = "${tell}: {team} {{ticket}}".format(team=t)\n`, 'python'],
      [
        `prompt = PromptTemplate.from_template("${tell} {team}, {{\\"a\\": 1}}").invoke({"team": t})\n`,
        'python',
      ],
    ] as const) {
      assert.deepEqual(await found(file, language), [], file);
    }
  });

  it('finds a name of the call that is spelled in another dialect', async () => {
    assert.deepEqual(
      await found(
        `prompt = PromptTemplate(template="${tell}: {ticket} {{team}}", input_variables=["ticket", "team"])\n`,
        'python',
      ),
      [`unused-placeholder ${tell}: {ticket} {{team}}`, 'mixed-dialects {{team}} -> {team}'],
    );
  });

  it('finds prompts by the name of the function, and by vague names where the text speaks to somebody', async () => {
    const count = async (file: string, language: string) =>
      (await lintPromptsIn(createSourceReader(), file, language)).prompts.length;
    for (const [file, language] of [
      ['def report_prompt(x):\n  return f"Write a report about {x} now."\n', 'python'],
      ['template = "You are a friendly assistant."\n', 'python'],
      ["const m = [{ role: 'system', content: 'You are a friendly assistant.' }];", 'typescript'],
      ['messages:\n  - role: system\n    content: Answer as a friendly assistant would.\n', 'yaml'],
    ] as const) {
      assert.equal(await count(file, language), 1, file);
      assert.equal(
        await count(file.replace(/You are|Answer|prompt/g, 'He was'), language),
        0,
        file,
      );
    }
  });

  it('looks only at what its place names as a prompt, or what is known', async () => {
    const file = `greeting = "${tell}. {a} and {{b}}"\nmenu_title = "${tell}. {a} and {{b}}"\nPROMPT_ID = "x {a} {{b}}"\n`;
    assert.deepEqual(await found(file, 'python'), []);
    const known = (text: string) => text === `${tell}. {a} and {{b}}`;
    const { prompts } = await lintPromptsIn(createSourceReader(), file, 'python', {}, known);
    assert.equal(prompts.length, 2);
  });
});
