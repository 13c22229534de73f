import { estimateTokens } from '../../core/tokenEstimate.ts';
import type { LintRule } from '../finding.ts';

/** A prompt that takes most of what the chosen model can read, before any input is filled in. */
export const tooLong: LintRule = {
  name: 'too-long',
  description: 'A prompt that leaves the chosen model little or no room.',
  check: (text, { tokenLimit, model = 'the chosen model', countTokens }) => {
    if (tokenLimit === undefined || tokenLimit <= 0) return [];
    // No tokenizer makes more tokens than there are bytes of UTF-8: most prompts need no counting.
    if (text.length * 3 <= tokenLimit * share) return [];
    const tokens = countTokens?.(text) ?? estimateTokens(text);
    if (tokens <= tokenLimit * share) return [];
    const about = countTokens ? '' : 'about ';
    const room =
      tokens > tokenLimit
        ? 'does not fit into'
        : `takes ${Math.round((tokens / tokenLimit) * 100)} % of`;
    return [
      {
        start: 0,
        end: text.length,
        message: `The prompt has ${about}${tokens} tokens and ${room} the ${tokenLimit} that ${model} reads. Shorten it, or choose another model.`,
      },
    ];
  },
};

/** Half of it belongs to the input and the answer. */
const share = 0.5;
