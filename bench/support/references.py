"""Times the reference implementations for bench/metrics.ts: JSON rows in, seconds out.

Usage: references.py ROWS [METRIC ...]; all metrics where none is named.

A score for each row where the reference has one, else the corpus value; never both, though ours is
timed for both. A package that is not installed is left away.
"""

import json
import sys
import time

with open(sys.argv[1], encoding="utf8") as file:
    KINDS = json.load(file)

ONLY = sys.argv[2:]
SECONDS = {}
VERSIONS = []


def lists(kind):
    rows = KINDS[kind]
    return [row["output"] for row in rows], [row["expected"] for row in rows]


def measure(name, run):
    if ONLY and name.split(",")[0] not in ONLY:
        return
    best = float("inf")
    end = time.perf_counter() + 1
    done = 0
    while done < 2 or (done < 50 and time.perf_counter() < end):
        begin = time.process_time()
        run()
        best = min(best, time.process_time() - begin)
        done += 1
    SECONDS[name] = best


def sacrebleu_times():
    import sacrebleu
    from sacrebleu.metrics import BLEU, CHRF, TER

    VERSIONS.append("sacrebleu " + sacrebleu.__version__)
    outputs, expected = lists("text")

    def each(metric):
        for output, due in zip(outputs, expected):
            metric.sentence_score(output, [due])

    measure("sacrebleu", lambda: each(BLEU(effective_order=True)))
    measure("chrf", lambda: each(CHRF()))
    measure("chrf++", lambda: each(CHRF(word_order=2)))
    measure("ter", lambda: each(TER()))


def rouge_times():
    from rouge_score import rouge_scorer

    VERSIONS.append("rouge_score")
    outputs, expected = lists("text")
    for name in ("rouge1", "rouge2", "rougeL", "rougeLsum"):
        scorer = rouge_scorer.RougeScorer([name])
        measure(name, lambda: [scorer.score(due, output) for output, due in zip(outputs, expected)])


def jiwer_times():
    import jiwer

    VERSIONS.append("jiwer " + str(getattr(jiwer, "__version__", "")))
    outputs, expected = lists("text")
    measure("wer", lambda: [jiwer.wer(due, output) for output, due in zip(outputs, expected)])
    measure("cer", lambda: [jiwer.cer(due, output) for output, due in zip(outputs, expected)])


def sklearn_times():
    import sklearn
    from sklearn import metrics

    VERSIONS.append("scikit-learn " + sklearn.__version__)
    outputs, expected = lists("label")
    measure("accuracy", lambda: metrics.accuracy_score(expected, outputs))
    for name, score in (
        ("precision", metrics.precision_score),
        ("recall", metrics.recall_score),
        ("f1", metrics.f1_score),
        ("macro_f1", metrics.f1_score),
    ):
        measure(name, lambda: score(expected, outputs, average="macro", zero_division=0))
    measure("matthews_correlation", lambda: metrics.matthews_corrcoef(expected, outputs))
    measure("cohens_kappa", lambda: metrics.cohen_kappa_score(outputs, expected))
    given, due = ([float(text) for text in side] for side in lists("number"))
    measure("mae, numbers alone", lambda: metrics.mean_absolute_error(due, given))
    measure("mse, numbers alone", lambda: metrics.mean_squared_error(due, given))


def scipy_times():
    import scipy
    from scipy import stats

    VERSIONS.append("scipy " + scipy.__version__)
    given, due = ([float(text) for text in side] for side in lists("number"))
    measure("pearson, numbers alone", lambda: stats.pearsonr(given, due))
    measure("spearman, numbers alone", lambda: stats.spearmanr(given, due))


def nltk_times():
    """nltk's BLEU and GLEU take the place of Hugging Face's, on tokens that are cut within the time."""
    import nltk
    from nltk.tokenize import NLTKWordTokenizer
    from nltk.translate import bleu_score, gleu_score, meteor_score
    from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

    from more_vectors import NoWords

    VERSIONS.append("nltk " + nltk.__version__)
    outputs, expected = lists("text")
    cut = Tokenizer13a()
    words = NLTKWordTokenizer().tokenize

    def corpus(score):
        return score([[cut(due).split()] for due in expected], [cut(output).split() for output in outputs])

    measure("bleu", lambda: corpus(bleu_score.corpus_bleu))
    measure("google_bleu", lambda: corpus(gleu_score.corpus_gleu))
    measure(
        "meteor_no_wordnet",
        lambda: [
            meteor_score.single_meteor_score(words(due), words(output), wordnet=NoWords)
            for output, due in zip(outputs, expected)
        ],
    )


def squad_times():
    """By the definition: the evaluation of SQuAD is a script and no package."""
    from more_vectors import overlap, squad, squad_v2, squad_words

    VERSIONS.append("SQuAD by its definition")
    outputs, expected = lists("text")
    preds = [
        {"id": at, "prediction_text": output, "no_answer_probability": 0.0} for at, output in enumerate(outputs)
    ]
    refs = [{"id": at, "answers": {"text": [due]}} for at, due in enumerate(expected)]
    measure("token_f1", lambda: [overlap(squad_words(o), squad_words(d), 1.0) for o, d in zip(outputs, expected)])
    measure("squad", lambda: squad(preds, refs))
    measure("squad_v2", lambda: squad_v2(preds, refs, 1.0))


for times in (sacrebleu_times, rouge_times, jiwer_times, sklearn_times, scipy_times, nltk_times, squad_times):
    try:
        times()
    except ImportError:
        pass

json.dump({"seconds": SECONDS, "versions": ", ".join(VERSIONS) or "none installed"}, sys.stdout)
