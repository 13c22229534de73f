import type { LintRule } from '../finding.ts';

/** A kind of secret; group 1 is the secret itself where more stands around it. */
interface SecretKind {
  readonly what: string;
  readonly pattern: RegExp;
}

// Prefixes as their makers publish them. Order matters: the first kind that fits names the place.
const kinds: readonly SecretKind[] = [
  {
    what: 'a private key',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]{10,8000}-----END [A-Z ]*PRIVATE KEY-----/g,
  },
  { what: 'an Anthropic key', pattern: /\bsk-ant-[\w-]{20,200}/g },
  { what: 'an OpenRouter key', pattern: /\bsk-or-[\w-]{20,200}/g },
  { what: 'an OpenAI key', pattern: /\bsk-(?:proj-|svcacct-|admin-)?[\w-]{20,200}/g },
  { what: 'a Google API key', pattern: /\bAIza[\w-]{30,60}/g },
  { what: 'a Google access token', pattern: /\bya29\.[\w-]{20,500}/g },
  { what: 'a Groq key', pattern: /\bgsk_\w{20,100}/g },
  { what: 'a GitHub token', pattern: /\b(?:gh[pousr]_\w{30,255}|github_pat_\w{30,255})/g },
  { what: 'a GitLab token', pattern: /\bglpat-[\w-]{20,100}/g },
  { what: 'a Slack token', pattern: /\bxox[abeoprs]-[\w-]{20,200}/g },
  { what: 'a Hugging Face token', pattern: /\bhf_[A-Za-z]{30,60}\b/g },
  { what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { what: 'a Stripe key', pattern: /\b[rs]k_live_\w{20,200}/g },
  { what: 'a JSON web token', pattern: /\beyJ[\w-]{10,2000}\.eyJ[\w-]{5,4000}\.[\w-]{10,2000}/g },
  {
    what: 'an Azure key',
    pattern: /\b[A-Za-z0-9]{52,80}JQQJ[A-Za-z0-9]{0,28}\b/g,
  },
  {
    what: 'an Authorization header',
    pattern: /\bauthorization["']?\s*[:=]\s*["']?(?:bearer|basic)\s+([\w.~+/=-]{8,2000})/gi,
  },
  { what: 'a basic credential', pattern: /\bBasic ([A-Za-z0-9+/]{8,200}={0,2})(?![\w+/])/g },
  {
    what: 'a password in an address',
    pattern: /\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s/:@{}<>$]{1,100}:([^\s/@{}<>$]{4,200})@[\w.-]+/gi,
  },
  {
    what: 'a key in an address',
    pattern: /[?&](?:key|api[_-]?key|token|access_token|secret|sig|password)=([\w.~%+-]{12,500})/gi,
  },
  {
    what: 'a key',
    pattern:
      /(?:\b|_)(?:x-goog-)?(?:api[_-]?key|secret[_-]?key|access[_-]?key|auth[_-]?token|access[_-]?token|client[_-]?secret|password|passwd)["']?\s*[:=]\s*["']?([\w.~+/-]{12,500}={0,2})(?![\w(.[])/gi,
  },
  {
    what: 'a key',
    pattern: /\b(?:key|token|secret)\b[^\n]{0,30}?\b([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})\b/gi,
  },
];

// What stands in documentation where a secret would be.
const stand =
  /^(?:password|passwd|pass|pwd|secret|token)$|your|example|sample|placeholder|redacted|changeme|dummy|x{4}|\*{3}|\.{3}|…|1234567890|<|\{/i;
const fewestCharacters = 4;

/** A key, token or password that looks real: whoever reads the prompt, or its provider, has it. */
export const secret: LintRule = {
  name: 'secret',
  description: 'A key, token or password that looks real.',
  check: text => {
    const found: { start: number; end: number; message: string }[] = [];
    for (const { what, pattern } of kinds) {
      for (const match of text.matchAll(pattern)) {
        const value = match[1] ?? match[0];
        const start = match.index + match[0].lastIndexOf(value);
        const end = start + value.length;
        if (!looksReal(value, what) || found.some(each => start < each.end && each.start < end)) {
          continue;
        }
        found.push({
          start,
          end,
          message: `This looks like ${what}. It is sent with every call and stored with every version; take it out and replace it where it is used.`,
        });
      }
    }
    return found;
  },
};

function looksReal(value: string, what: string): boolean {
  if (stand.test(value) || new Set(value).size < fewestCharacters) return false;
  // Words joined by hyphens may begin with "sk" too.
  if (what === 'an OpenAI key') return /[\dA-Z]/.test(value);
  if (what === 'a basic credential') return isBasic(value);
  if (what === 'a key') return /\d/.test(value) || /[a-z][A-Z]|[A-Z]{2}[a-z]/.test(value);
  return true;
}

/** Whether base64 spells `user:password` in printable characters. */
function isBasic(value: string): boolean {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let bits = 0;
  let count = 0;
  let plain = '';
  for (const character of value.replace(/=+$/, '')) {
    bits = ((bits << 6) | alphabet.indexOf(character)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    plain += String.fromCharCode((bits >> count) & 0xff);
  }
  return /^[\x20-\x7e]+:[\x20-\x7e]+$/.test(plain);
}
