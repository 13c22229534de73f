import type { ParsedText } from '../tree.ts';
import { bindsName } from './callSyntax.ts';

// `dir(builtins)` of Python 3.13, and what every module has.
const builtIn =
  'ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None NotADirectoryError NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len license list locals map max memoryview min next object oct open ord pow print property quit range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip PythonFinalizationError __name__ __file__ __doc__ __debug__ __class__ self cls'.split(
    ' ',
  );

/**
 * Every name that a Python file gives a value, wherever that is, and those that are always there.
 * Undefined where names come from elsewhere: `from x import *`, `exec`, `globals()`.
 */
export function namesInPython({ tree, text }: ParsedText): ReadonlySet<string> | undefined {
  if (/\bimport\s*\(?\s*\*|\b(?:exec|globals|setattr)\s*\(/.test(text)) return undefined;
  const names = new Set(builtIn);
  tree.iterate({
    enter({ name, from, to, node }) {
      if (name === 'VariableName' && bindsName(node)) names.add(text.slice(from, to));
    },
  });
  return names;
}
