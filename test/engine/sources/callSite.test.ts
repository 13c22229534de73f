import assert from 'node:assert/strict';
import { createSourceReader } from '../../../src/engine/sources/find.ts';

const reader = createSourceReader();

/** What is seen of the call of the literal around the word "Sort". */
async function seen(file: string, language: string): Promise<unknown> {
  const at = file.indexOf('Sort');
  const [literal] = await reader.find(file, { start: at, end: at }, language);
  assert.ok(literal, file);
  const site = literal.callSite?.();
  if (!site) return undefined;
  const places = site.places?.map(({ start, end }) => literal.text.slice(start, end));
  return { names: site.names, places, ...(site.shared ? { shared: true } : {}) };
}

const python: Readonly<Record<string, readonly [file: string, wanted: unknown]>> = {
  '.format on the string': [
    'p = "Sort {a} {b:>9} {{c}} {{\\"k\\": 1}}".format(a=1, b=2, d=3)',
    { names: ['a', 'b', 'd'], places: ['{a}', '{b:>9}'] },
  ],
  '.format on its name, in the functions of the file': [
    'P = """Sort {a}"""\ndef f(x):\n  return P.format(a=x)\ndef g(x):\n  return P.strip().format(a=x, b=1)\n',
    { names: ['a', 'b'], places: ['{a}'] },
  ],
  'a dictionary that is taken apart': ['p = "Sort {a}".format(**values)', undefined],
  'a name that gets a second text': ['P = "Sort {a}"\nP = "Other {b}"\nP.format(a=1)\n', undefined],
  'a parameter of the same name': [
    'P = "Sort {a}"\ndef f(P):\n  return P.format(b=1)\n',
    undefined,
  ],
  'names of two functions': [
    'def f():\n  p = "Sort {a}"\n  return p.format(a=1)\ndef g():\n  p = "x {b}"\n  return p.format(b=1)\n',
    { names: ['a'], places: ['{a}'] },
  ],
  'the operator % with a dictionary': [
    'p = "Sort %(a)s {b} 100 %%" % {"a": 1, "c": 2}',
    { names: ['a', 'c'], places: ['%(a)s'] },
  ],
  'the operator % behind a name': [
    'P = "Sort %(a)s {b}"\nprint(P % {"a": 1})',
    { names: ['a'], places: ['%(a)s'] },
  ],
  'the operator % with something else': ['p = "Sort %(a)s" % values', undefined],
  'replacements in a row': [
    'P = "Sort {{a}} {{b}} {c}"\nP.replace("{{a}}", x).replace("{{b}}", y)',
    { names: ['a', 'b'], places: ['{{a}}', '{{b}}'] },
  ],
  'replacements of words': ['P = "Sort {{a}}"\nP.replace("teh", "the")', undefined],
  'PromptTemplate with its variables': [
    'p = PromptTemplate(input_variables=["a", "b"], partial_variables={"c": 1}, template="Sort {a} {{d}}")',
    { names: ['a', 'b', 'c'], places: ['{a}'] },
  ],
  'PromptTemplate by a name, invoked': [
    'T = "Sort {a}"\np = PromptTemplate.from_template(T)\np.invoke({"a": 1, "b": 2})',
    { names: ['a', 'b'], places: ['{a}'] },
  ],
  'PromptTemplate in a chain': [
    'p = PromptTemplate.from_template("Sort {a}")\nchain = p | llm\nchain.invoke({"a": 1, "b": 2})',
    { names: ['a', 'b'], places: ['{a}'], shared: true },
  ],
  'one message of many': [
    'p = ChatPromptTemplate.from_messages([("system", "Sort {a}"), ("human", "{b}")])\nawait p.ainvoke({"a": 1, "b": 2})',
    { names: ['a', 'b'], places: ['{a}'], shared: true },
  ],
  'a template that is invoked with what is not seen': [
    'p = PromptTemplate.from_template("Sort {a}")\np.invoke(values)',
    undefined,
  ],
  'Jinja, rendered': [
    'Template("Sort {{ a }} {b} {% for x in c %}{{ x }}{% endfor %}").render(a=1, c=2)',
    { names: ['a', 'c'], places: ['{{ a }}', '{% for x in c %}', '{{ x }}', '{% endfor %}'] },
  ],
  'a template of LangChain in another dialect': [
    'PromptTemplate.from_template("Sort {{a}} {b}", template_format="jinja2").format(a=1)',
    { names: ['a'], places: ['{{a}}'] },
  ],
  'one of the texts around examples': [
    'FewShotPromptTemplate(prefix="Sort {a}", suffix="{b}", input_variables=["a", "b"])',
    { names: ['a', 'b'], places: ['{a}'], shared: true },
  ],
  'dedent around it': [
    'p = textwrap.dedent("""\n  Sort {a}\n""").format(a=1)',
    { names: ['a'], places: ['{a}'] },
  ],
  'no call at all': ['PROMPT = "Sort {a}"', undefined],
  'a call that is none of a template': ['send("Sort {a}", a=1)', undefined],
};

const script: typeof python = {
  'replacements by text and pattern': [
    "const p = 'Sort {{a}} {b}';\np.replace('{{a}}', x).replaceAll(/\\{\\{c\\}\\}/g, y);",
    { names: ['a', 'c'], places: ['{{a}}'] },
  ],
  'fromTemplate, formatted': [
    "const t = 'Sort {a}';\nconst p = PromptTemplate.fromTemplate(t);\nawait p.format({ a, 'b': 2 });",
    { names: ['a', 'b'], places: ['{a}'] },
  ],
  'a constructor with its variables': [
    "const p: P = new PromptTemplate({ template: 'Sort {a} {b}', inputVariables: ['a'] });",
    { names: ['a'], places: ['{a}', '{b}'] },
  ],
  'a chain by pipe': [
    "const p = ChatPromptTemplate.fromMessages([['system', 'Sort {a}']]);\nconst c = p.pipe(model);\nawait c.invoke({ a: 1 });",
    { names: ['a'], places: ['{a}'], shared: true },
  ],
  'an object that is spread': [
    "const p = PromptTemplate.fromTemplate('Sort {a}');\np.format({ ...values });",
    undefined,
  ],
  'a name that is given something else': [
    "let p = 'Sort {a}';\np = 'x';\np.replace('{a}', y);",
    undefined,
  ],
  'no call at all': ["const p = 'Sort {a}';", undefined],
};

describe('The call site of a prompt', () => {
  for (const [language, cases] of [
    ['python', python],
    ['typescript', script],
  ] as const) {
    for (const [what, [file, wanted]] of Object.entries(cases)) {
      it(`${language}: ${what}`, async () => {
        assert.deepEqual(await seen(file, language), wanted);
      });
    }
  }

  it('of an f-string is every name that its file gives a value', async () => {
    const file = `import os.path as paths
from x import (first, second as other)
async def f(argument, *rest, key=default, **named) -> kind:
  global total
  for item, (left, right) in pairs: pass
  with open(x) as handle: pass
  try: pass
  except E as problem: pass
  if (walrus := 1): count += 1
  chained = twice = 3
  return f"Sort {argument} {{x}}", [inner for inner in outer], lambda arg: arg
class Kind: member: int = 1
`;
    const site = (await seen(file, 'python')) as { names: string[]; places: string[] };
    const wanted =
      'paths first other f argument rest key named total item left right handle problem walrus count chained twice inner arg Kind member len __file__';
    for (const name of wanted.split(' ')) assert.ok(site.names.includes(name), name);
    for (const name of 'default kind pairs E outer'.split(' ')) {
      assert.ok(!site.names.includes(name), name);
    }
    assert.deepEqual(site.places, ['{argument}']);
    for (const line of ['from x import *', 'exec(code)', 'globals()["a"] = 1']) {
      assert.equal(await seen(`${line}\np = f"Sort {a}"\n`, 'python'), undefined);
    }
  });

  it('of a template literal is every name that its file defines', async () => {
    const file = `import d, { e as f } from 'x';
const { u, v: [w] } = g(a => 1), z = (h: number, ...i) => \`Sort \${u} {{x}}\`;
class K { m(k) { try {} catch (problem) {} for (const o of K) {} } }
enum E {}
`;
    const site = (await seen(file, 'typescript')) as { names: string[]; places: string[] };
    for (const name of 'd f u w a z h i K k problem o E JSON'.split(' ')) {
      assert.ok(site.names.includes(name), name);
    }
    assert.ok(!site.names.includes('g'));
    assert.deepEqual(site.places, ['${u}']);
  });
});
