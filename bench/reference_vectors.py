"""Vectors with fresh inputs from the reference implementations, in the form that `npm run vectors` reads.

    venv/bin/pip install sacrebleu rouge-score jiwer scikit-learn scipy nltk regex
    venv/bin/python bench/reference_vectors.py FOLDER [SEED]
    npm run vectors -- FOLDER

Inputs are made to be hard: empty texts, other scripts, astral and combining characters, odd whitespace,
ties, constant columns, single classes, long repeats. No reference's code or data is copied.
"""

import json
import math
import random
import sys
import warnings
from pathlib import Path

import jiwer
import numpy as np
import sacrebleu
from nltk.stem.porter import PorterStemmer
from nltk.translate.gleu_score import corpus_gleu
from rouge_score import rouge_scorer, tokenize as rouge_tokenize
from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a
from sacrebleu.tokenizers.tokenizer_char import TokenizerChar
from sacrebleu.tokenizers.tokenizer_intl import TokenizerV14International
from sacrebleu.tokenizers.tokenizer_ter import TercomTokenizer
from sacrebleu.tokenizers.tokenizer_zh import TokenizerZh
from scipy import stats
from sklearn import metrics as sk

sys.path.insert(0, str(Path(__file__).parent / "support"))
from more_vectors import more_labels, more_numbers, more_texts  # noqa: E402

warnings.filterwarnings("ignore")
folder = Path(sys.argv[1])
draw = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
vectors = []

PLAIN = (
    "the a an cat dog runs running ran quickly price of $3.50 1,000.5 don't it's e-mail well-known U.S. "
    "relational conditional happy sky dying proceed news flies generalization 3-4 a.b x&y &amp;lt; &quot; "
    "<skipped> hopping agreed fulfil enjoyably biological owed"
).split(" ")
HARD = (
    "niña España ﬁn 𠮷野 中文测试 日本語カナ かな 한국어 العربية עברית naïve straße İstanbul é 😀👍🏽 “quoted” … — "
    "½ Ⅷ ٣٤ № ™ \u00a0 \u3000 \ufeff \x1c \x85 \u2028 \u200b a\u0301b __proto__ constructor ... ?!? (x) [y] {z} `t` € → │"
).split(" ")
SPACES = [" ", " ", " ", "  ", "\t", "\n", "\u00a0", "\r\n"]


def text(words=None):
    kind = draw.random()
    if kind < 0.05:
        return draw.choice(["", " ", ".", "\n", "\t ", "​", "-"])
    if kind < 0.1:
        return " ".join(draw.choices(PLAIN[:3], k=draw.randint(20, 90)))
    pool = PLAIN if kind < 0.6 else PLAIN + HARD * 2
    out = ""
    for word in draw.choices(pool, k=words or draw.randint(1, 30)):
        out += word + draw.choice(SPACES if kind > 0.5 else [" "])
    return out.rstrip(" ") if draw.random() < 0.7 else out


def near(given):
    words = given.split(" ")
    for _ in range(draw.randint(0, 4)):
        at = draw.randrange(len(words) + 1)
        what = draw.random()
        if what < 0.3:
            words[at:at] = [draw.choice(PLAIN + HARD)]
        elif what < 0.6:
            words[at : at + 1] = []
        elif len(words) > 4:
            block = words[at : at + 3]
            del words[at : at + 3]
            place = draw.randrange(len(words) + 1)
            words[place:place] = block
    return " ".join(words)


def number(value):
    if isinstance(value, float) and (math.isnan(value) or math.isinf(value)):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    return value.item() if hasattr(value, "item") else value


def figure(value):
    """One value of a list comes back as it is."""
    values = value.tolist() if hasattr(value, "tolist") else value
    return values[0] if isinstance(values, list) and len(values) == 1 else values


def add(metric, options, predictions, references, compute):
    try:
        expected = {key: number(value) for key, value in compute().items()}
    except Exception as error:  # what the reference raises is part of what it does
        expected = {"raises": type(error).__name__, "message": str(error)[:200]}
    vectors.append(
        {
            "id": f"fresh-{metric}-{len(vectors):05}",
            "metric": metric,
            "options": options,
            "predictions": predictions,
            "references": references,
            "expected": expected,
        }
    )


def bleu_of(score):
    return {
        "score": score.score, "counts": score.counts, "totals": score.totals,
        "precisions": score.precisions, "bp": score.bp, "sys_len": score.sys_len, "ref_len": score.ref_len,
    }


def texts():
    for _ in range(150):
        many = draw.randint(1, 3)
        refs = [[text() for _ in range(many)] for _ in range(draw.randint(1, 5))]
        preds = [near(draw.choice(each)) if draw.random() < 0.8 else text() for each in refs]
        streams = list(map(list, zip(*refs)))
        tokenize = draw.choice(["13a", "13a", "intl", "zh", "char", "none"])
        smooth = draw.choice(["exp", "floor", "add-k", "none"])
        lower, effective = draw.random() < 0.3, draw.random() < 0.3
        options = {"tokenize": tokenize, "smooth_method": smooth, "lowercase": lower, "use_effective_order": effective}
        bleu = BLEU(tokenize=tokenize, smooth_method=smooth, lowercase=lower, effective_order=effective)
        add("sacrebleu", options, preds, refs, lambda: bleu_of(bleu.corpus_score(preds, streams)))
        one = BLEU(tokenize=tokenize, smooth_method=smooth, lowercase=lower, effective_order=True)
        options = {"tokenize": tokenize, "smooth_method": smooth, "lowercase": lower}
        add("sacrebleu_sentence", options, preds[0], refs[0], lambda: bleu_of(one.sentence_score(preds[0], refs[0])))
        order, beta = draw.choice([0, 0, 1, 2]), draw.choice([1, 2, 3])
        white, eps = draw.random() < 0.3, draw.random() < 0.3
        options = {"word_order": order, "beta": beta, "whitespace": white, "eps_smoothing": eps, "lowercase": lower}
        chrf = CHRF(word_order=order, beta=beta, whitespace=white, eps_smoothing=eps, lowercase=lower)
        add("chrf", options, preds, refs, lambda: {"score": chrf.corpus_score(preds, streams).score})
        flags = {name: draw.random() < 0.4 for name in ("normalized", "ignore_punct", "support_zh_ja_chars", "case_sensitive")}
        ter = TER(normalized=flags["normalized"], no_punct=flags["ignore_punct"], asian_support=flags["support_zh_ja_chars"], case_sensitive=flags["case_sensitive"])

        def ter_score():
            score = ter.corpus_score(preds, streams)
            return {"score": score.score, "num_edits": score.num_edits, "ref_length": score.ref_length}

        add("ter", flags, preds, refs, ter_score)
        firsts = streams[0]


        def divided(name, compute, units):
            # The metric of Hugging Face divides by the length of all references itself.
            if not any(units(first) for first in firsts):
                raise ZeroDivisionError
            return {name: compute(firsts, preds)}

        add("wer", {}, preds, firsts, lambda: divided("wer", jiwer.wer, str.split))
        add("cer", {}, preds, firsts, lambda: divided("cer", jiwer.cer, str.strip))
        a13 = Tokenizer13a()
        # The metric of Hugging Face cuts with its own 13a, which keeps the space at the end.
        add(
            "google_bleu", {}, preds, refs,
            lambda: {"google_bleu": corpus_gleu([[a13(r).split() for r in each] for each in refs], [a13(p).split() for p in preds])},
        )
        stem = draw.random() < 0.5
        types = ["rouge1", "rouge2", "rouge3", "rougeL", "rougeLsum"]
        scorer = rouge_scorer.RougeScorer(types, use_stemmer=stem)

        def rouge():
            scores = scorer.score(firsts[0], preds[0])
            return {k: {"precision": s.precision, "recall": s.recall, "fmeasure": s.fmeasure} for k, s in scores.items()}

        add("rouge_full", {"use_stemmer": stem, "rouge_types": types}, [preds[0]], [firsts[0]], rouge)
    stemmer = PorterStemmer()
    for _ in range(60):
        one = text()
        add("tokenize_13a_sacrebleu", {}, one, None, lambda: {"tokens": Tokenizer13a()(one.rstrip()).split()})
        add("tokenize_intl", {}, one, None, lambda: {"tokens": TokenizerV14International()(one).split()})
        add("tokenize_zh", {}, one, None, lambda: {"tokens": TokenizerZh()(one).split()})
        add("tokenize_char", {}, one, None, lambda: {"tokens": TokenizerChar()(one).split()})
        add("tokenize_rouge", {"use_stemmer": True}, one, None, lambda: {"tokens": rouge_tokenize.tokenize(one, stemmer)})
        endings = ["", "s", "ed", "ing", "ies", "ied", "y", "ational", "fulness", "iviti", "logi", "ement", "bli", "alli", "eed", "ll", "e"]
        roots = ["t", "sk", "hop", "agr", "tr", "conform", "oper", "vietnam", "dig", "enjo", "sa", "fl", "replac", "wonder", "control"]
        words = [draw.choice(roots) + draw.choice(endings) for _ in range(20)]
        add("porter_stem", {"mode": "NLTK_EXTENSIONS"}, words, None, lambda: {"tokens": [stemmer.stem(w) for w in words]})


def labels():
    pools = [[0, 1], [0, 1, 2, 3], [1], [-3, 0, 7], [0], [1, 2, 10, 9]]
    for _ in range(150):
        pool, rows = draw.choice(pools), draw.choice([1, 2, 3, 10, 40])
        refs = draw.choices(pool, k=rows)
        preds = [r if draw.random() < 0.6 else draw.choice(draw.choice(pools)) for r in refs]
        for name, compute in (("precision", sk.precision_score), ("recall", sk.recall_score), ("f1", sk.f1_score)):
            average = draw.choice(["micro", "macro", "weighted", None, "binary"])
            add(
                name, {"average": average}, preds, refs,
                lambda: {name: figure(compute(refs, preds, average=average))},
            )
        add("matthews_correlation", {}, preds, refs, lambda: {"matthews_correlation": sk.matthews_corrcoef(refs, preds)})
        weights = draw.choice([None, "linear", "quadratic"])
        add("cohens_kappa", {"weights": weights}, preds, refs, lambda: {"kappa": sk.cohen_kappa_score(refs, preds, weights=weights)})
        normalize = draw.choice([None, "true", "pred", "all"])
        add(
            "confusion_matrix", {"normalize": normalize}, preds, refs,
            lambda: {"confusion_matrix": sk.confusion_matrix(refs, preds, normalize=normalize).tolist()},
        )
        add("accuracy", {}, preds, refs, lambda: {"accuracy": sk.accuracy_score(refs, preds)})


def numbers():
    for _ in range(120):
        rows = draw.choice([2, 3, 4, 10, 50])
        scale = draw.choice([1, 1e-8, 1e6, 1e12])
        left = [draw.choice([1.0, draw.uniform(-1, 1), float(draw.randint(-3, 3))]) * scale for _ in range(rows)]
        right = [draw.choice([x, 1.0, draw.uniform(-1, 1) * scale, float(draw.randint(-2, 2))]) for x in left]
        options = {"return_pvalue": True}

        def coefficient(key, compute):
            # Hugging Face stores numbers as float32 before it computes.
            result = compute(np.float32(left).astype(float), np.float32(right).astype(float))
            return {key: float(result[0])}

        add("pearsonr", options, left, right, lambda: coefficient("pearsonr", stats.pearsonr))
        add("spearmanr", options, left, right, lambda: coefficient("spearmanr", stats.spearmanr))
        add("mae", {}, left, right, lambda: {"mae_float64": sk.mean_absolute_error(right, left)})
        add("mse", {}, left, right, lambda: {"mse_float64": sk.mean_squared_error(right, left)})


texts()
labels()
numbers()
more_texts(add, draw, text, near, lambda one: Tokenizer13a()(one).split())
more_labels(add, draw, figure)
more_numbers(add, draw)
folder.mkdir(parents=True, exist_ok=True)
(folder / "fresh.json").write_text(json.dumps({"vectors": vectors}))
print(f"{len(vectors)} vectors, sacrebleu {sacrebleu.__version__}")
