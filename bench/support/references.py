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


for times in (sacrebleu_times, rouge_times, jiwer_times, sklearn_times, scipy_times):
    try:
        times()
    except ImportError:
        pass

json.dump({"seconds": SECONDS, "versions": ", ".join(VERSIONS) or "none installed"}, sys.stdout)
