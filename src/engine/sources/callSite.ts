import type { SyntaxNode } from '@lezer/common';
import type { CallSite } from '../core/callSite.ts';
import { findMarks, type Mark } from '../core/marks.ts';
import type { Unit } from './literal.ts';
import { isSameNode, named } from './tree.ts';

/** What some code does with a template. */
export interface Filling {
  /** Undefined where it cannot be seen: `**values`, a dictionary that comes from elsewhere. */
  readonly names: readonly string[] | undefined;
  readonly dialects: readonly Mark['dialect'][];
}

/** The names of a language's syntax that matter here; the grammars share the others. */
export interface CallSyntax {
  /** Where a value goes that stands at this node: the variable, and the node in which it is known. */
  assigned(file: string, node: SyntaxNode): Variable | undefined;
  /** Whether a node, which has the variable's name, gives the name another value. */
  binds(node: SyntaxNode): boolean;
  /** Names that the arguments of a call hand in: keywords, keys of a dictionary or object. */
  keys(file: string, args: SyntaxNode): readonly string[] | undefined;
  /** What the operator of this expression fills in; undefined where it is no such operator. */
  operator(file: string, node: SyntaxNode, outer: SyntaxNode): Filling | undefined;
  /** Names that the constructor of a template declares: `input_variables`. */
  declared(file: string, args: SyntaxNode): readonly string[];
}

/** A variable, and the node in which it has its value. */
export interface Variable {
  readonly name: string;
  readonly scope: SyntaxNode;
}

/** Steps from a literal to the calls that fill it; more are no template but a program. */
const mostSteps = 40;

const mustache: Filling['dialects'] = ['mustache', 'block'];
/** An argument that says so of a template of LangChain. */
const otherFormat = /\btemplate_?format["']?\s*[:=]\s*["'](?:jinja2|mustache)/i;
const templates: readonly (readonly [RegExp, Filling['dialects']])[] = [
  [/PromptTemplate(?:\.from_?(?:template|messages))?$/i, ['brace']],
  [/(?:^|\.)(?:Template|from_string)$/, mustache],
];
const unchanged = /^(?:dedent|cleandoc|strip|lstrip|rstrip|trim|trimEnd|trimStart)$/;
const fills =
  /^(?:format|format_map|a?invoke|a?stream|a?format_(?:messages|prompt)|format(?:Messages|PromptValue)|render)$/;

/**
 * The names that fill the placeholders of a literal: `.format(a=…)`, `% {"a": …}`,
 * `.replace("{a}", …)`, templates of LangChain and Jinja and their calls, followed through the
 * variables of one file. Undefined where no call is seen, or one of them hides its names.
 */
export function callSiteOf(
  file: string,
  node: SyntaxNode,
  syntax: CallSyntax,
  text: string,
  units: readonly Unit[],
): CallSite | undefined {
  const found: Filling[] = [];
  const isShared = follow(file, node, syntax, found);
  const names = found.map(each => each.names);
  const seen = names.filter(each => each !== undefined);
  if (seen.length === 0 || seen.length < names.length) return undefined;
  const dialects = new Set(found.flatMap(each => each.dialects));
  const values = placesOfValues(units);
  const places = findMarks(text).filter(({ dialect, start }) =>
    values.size > 0 ? values.has(start) : dialects.has(dialect),
  );
  return { names: [...new Set(seen.flat())], places, ...(isShared ? { shared: true } : {}) };
}

/** What the language itself puts in: its interpolations may use every name of the file. */
export function scopeSite(
  names: ReadonlySet<string> | undefined,
  text: string,
  units: readonly Unit[],
): CallSite | undefined {
  if (!names) return undefined;
  const values = placesOfValues(units);
  const places = findMarks(text).filter(({ start }) => values.has(start));
  return { names: [...names], places, shared: true };
}

/** Where interpolations begin, as offsets in the text. */
function placesOfValues(units: readonly Unit[]): ReadonlySet<number> {
  const starts = new Set<number>();
  let at = 0;
  for (const { kind, text } of units) {
    if (kind === 'value') starts.add(at);
    at += text.length;
  }
  return starts;
}

/** Collects what is done with a value; answers whether it becomes a part of something larger. */
function follow(file: string, first: SyntaxNode, syntax: CallSyntax, found: Filling[]): boolean {
  const waiting: { node: SyntaxNode; dialects: Filling['dialects'] }[] = [
    { node: first, dialects: ['brace'] },
  ];
  let isShared = false;
  for (let steps = 0; steps < mostSteps; steps += 1) {
    const next = waiting.shift();
    if (!next) break;
    const { node, dialects } = next;
    const { parent } = node;
    if (!parent) continue;
    const go = (to: SyntaxNode, as = dialects): void =>
      void waiting.push({ node: to, dialects: as });
    const variable = syntax.assigned(file, node);
    if (variable) {
      for (const use of usesOf(file, variable, syntax)) go(use);
    } else if (/^(?:Parenthesized|Await)Expression$/.test(parent.name)) {
      go(parent);
    } else if (/^(?:Array|Tuple)Expression$/.test(parent.name)) {
      isShared = true;
      go(parent);
    } else if (parent.name === 'MemberExpression' && isSameNode(node, parent.firstChild)) {
      const method = named(file, parent.lastChild);
      const call = parent.parent;
      const args = call?.getChild('ArgList');
      if (!call || !args || !isSameNode(parent, call.firstChild)) continue;
      const filling = method === 'partial' ? undefined : replacement(file, method, args);
      if (filling) found.push(filling);
      if (method === 'pipe') isShared = true;
      if (fills.test(method) || method === 'partial') {
        found.push({ names: syntax.keys(file, args), dialects });
      }
      if (filling || method === 'partial' || method === 'pipe' || unchanged.test(method)) go(call);
    } else if (parent.name === 'BinaryExpression') {
      const filling = syntax.operator(file, node, parent);
      if (filling) found.push(filling);
      else if (parent.getChild('BitOp')) {
        isShared = true;
        go(parent);
      }
    } else {
      const args = argumentsAround(node);
      const call = args?.parent;
      if (!args || !call) continue;
      const callee = calleeOf(file, call);
      const template = templates.find(([pattern]) => pattern.test(callee));
      if (template) {
        const names = syntax.declared(file, args);
        const own = otherFormat.test(file.slice(args.from, args.to)) ? mustache : template[1];
        if (names.length > 0) found.push({ names, dialects: own });
        if (/messages|FewShot/i.test(callee)) isShared = true;
        go(call, own);
      } else if (unchanged.test(callee.split('.').at(-1) ?? '')) go(call);
    }
  }
  return isShared;
}

/** The argument list that a node stands in: as it is, behind a keyword, or in an object. */
function argumentsAround({ parent }: SyntaxNode): SyntaxNode | undefined {
  if (parent?.name === 'ArgList') return parent;
  const outer = parent?.name === 'Property' ? parent.parent?.parent : undefined;
  return outer?.name === 'ArgList' ? outer : undefined;
}

function calleeOf(file: string, call: SyntaxNode): string {
  const callee = call.name === 'NewExpression' ? call.firstChild?.nextSibling : call.firstChild;
  return named(file, callee ?? null);
}

/** What `.replace("{x}", …)` fills in; undefined where it replaces no placeholder. */
function replacement(file: string, method: string, args: SyntaxNode): Filling | undefined {
  if (!/^replace(?:All)?$/.test(method)) return undefined;
  const what = args.getChild('String') ?? args.getChild('RegExp');
  if (!what || what.prevSibling?.name !== '(') return undefined;
  const marks = findMarks(named(file, what).replace(/\\/g, ''));
  const [mark] = marks;
  return mark && marks.length === 1 ? { names: [mark.name], dialects: [mark.dialect] } : undefined;
}

/** Where a variable is read; nowhere where its name gets a second value in its scope. */
function usesOf(file: string, { name, scope }: Variable, syntax: CallSyntax): SyntaxNode[] {
  const uses: SyntaxNode[] = [];
  let bindings = 0;
  const cursor = scope.cursor();
  do {
    if (!/^Variable(?:Name|Definition)$/.test(cursor.name)) continue;
    if (cursor.to - cursor.from !== name.length || !file.startsWith(name, cursor.from)) continue;
    if (syntax.binds(cursor.node)) bindings += 1;
    else uses.push(cursor.node);
  } while (cursor.next() && cursor.from < scope.to);
  return bindings === 1 ? uses : [];
}
