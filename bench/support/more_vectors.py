"""Further vectors for bench/reference_vectors.py: what needs a reference of its own.

SQuAD, the BLEU of Hugging Face, exact match, AutoPrompt's matrix, McNemar and the paired bootstrap have no
package of their own here, so they are computed by their definitions with Python's own texts and
patterns, fractions and numpy: other code, another language and another person's reading than ours.
"""

import math
import re
import string
from collections import Counter
from fractions import Fraction

import numpy as np
from nltk.tokenize import NLTKWordTokenizer
from nltk.translate import meteor_score
from scipy import stats
from sklearn import metrics as sk

PATTERNS = [
    r"\s+", r"[^\w\s]", r"\d+", r"\W+", r"^(the|a|an)\s+", r"(?i)\bthe\b", r"\A\s+|\s+\Z", r"(?P<q>[\"\']).*?(?P=q)",
    r"[A-Z]", r".*?: ", r"\(.*?\)", "[\u0300-\u036f]", r"$", r"\b", r"x*", r"[^a-z]", r"(\w+) \1", r"\.$",
    r"[0-9a-f]{2,}", r"a{,2}", r"{}", r"{a}", r"o{2}", r"(?s).*", r"(?m)^\w", r"(?m)\w$", r"(?im)^the", r"(?u)\w+",
    r"(?i:THE) ", r"(?s:a.b)", r"(?#comment)a", r"(?<=t)h", r"(?<!t)h", r"h(?=e)", r"h(?!e)", r"[\s\S]", r"[\W_]+",
    r"[^\S\n]+", r"\x61", r"\u0061", r"[]a]", r"[^]a]", r"[a\-z]", r"[-a]", r"\-", r"\@", r"\_", r"\ ", r"\"",
    r"(a)|(b)", r"(?:a|b)+?", r"a??b", r"\B", r"[\d.]+", r"\S+@\S+", r"[[]", r"a|", r"\n", r"\t", r"(?i)[a-f]+", r"(", r"[a",
    r"*a", r"(?P<n>a)(?P<n>b)", r"\1", r"a{2,1}", r"(?<n>a)", r"é|ñ", r"[ñé]", r"[𠮷-😀]", r".", r"^", r"\\",
]


def squad_words(text):
    text = "".join(c for c in text.lower() if c not in set(string.punctuation))
    return re.sub(r"\b(a|an|the)\b", " ", text).split()


def overlap(left, right, both_empty):
    if not left or not right:
        return both_empty if left == right else 0.0
    same = sum((Counter(left) & Counter(right)).values())
    if same == 0:
        return 0.0
    precision, recall = same / len(left), same / len(right)
    return 2 * precision * recall / (precision + recall)


def squad(preds, refs):
    told = {p["id"]: p["prediction_text"] for p in preds}
    exact = f1 = 0.0
    for ref in refs:
        golds = ref["answers"]["text"]
        if ref["id"] not in told:
            continue
        words = squad_words(told[ref["id"]])
        exact += max(float(words == squad_words(g)) for g in golds)
        f1 += max(overlap(words, squad_words(g), 0.0) for g in golds)
    return {"exact_match": 100 * exact / len(refs), "f1": 100 * f1 / len(refs)}


def squad_v2(preds, refs, limit):
    rows = []
    for pred, ref in zip(preds, refs):
        golds = [g for g in ref["answers"]["text"] if squad_words(g)] or [""]
        words = squad_words(pred["prediction_text"])
        exact = max(float(words == squad_words(g)) for g in golds)
        f1 = max(overlap(words, squad_words(g), 1.0) for g in golds)
        rows.append((bool(ref["answers"]["text"]), exact, f1, float(np.float32(pred["no_answer_probability"])), pred["prediction_text"]))
    final = [(has, float(not has), float(not has)) if p > limit else (has, e, f) for has, e, f, p, _ in rows]

    def mean(kind, at):
        chosen = [row[at] for row in final if kind is None or row[0] == kind]
        return 100.0 * sum(chosen) / len(chosen)

    found = {"exact": mean(None, 1), "f1": mean(None, 2), "total": len(rows)}
    for prefix, kind in (("HasAns", True), ("NoAns", False)):
        count = sum(row[0] == kind for row in rows)
        if count:
            found.update({f"{prefix}_exact": mean(kind, 1), f"{prefix}_f1": mean(kind, 2), f"{prefix}_total": count})
    for name, at in (("exact", 1), ("f1", 2)):
        score = best = sum(not row[0] for row in rows)
        thresh = 0.0
        for row in sorted(rows, key=lambda each: each[3]):
            score += row[at] if row[0] else (-1 if row[4] else 0)
            if score > best:
                best, thresh = score, row[3]
        found.update({f"best_{name}": 100.0 * best / len(rows), f"best_{name}_thresh": thresh})
    return found


def grams(tokens, size):
    return Counter(tuple(tokens[at : at + size]) for at in range(len(tokens) - size + 1))


def hf_bleu(preds, refs, order, smooth):
    hits, totals, length, due = [0] * order, [0] * order, 0, 0
    for pred, many in zip(preds, refs):
        length += len(pred)
        due += min(len(r) for r in many)
        for n in range(1, order + 1):
            most = Counter()
            for ref in many:
                most |= grams(ref, n)
            hits[n - 1] += sum((grams(pred, n) & most).values())
            totals[n - 1] += max(0, len(pred) - n + 1)
    if smooth:
        shares = [(h + 1.0) / (t + 1.0) for h, t in zip(hits, totals)]
    else:
        shares = [h / t if t > 0 else 0.0 for h, t in zip(hits, totals)]
    mean = math.exp(sum(math.log(s) for s in shares) / order) if min(shares) > 0 else 0.0
    ratio = float(length) / due
    penalty = 1.0 if ratio > 1.0 else math.exp(1 - 1.0 / ratio)
    return {
        "bleu": mean * penalty, "precisions": shares, "brevity_penalty": penalty, "length_ratio": ratio,
        "translation_length": length, "reference_length": due,
    }


def exact_match(preds, refs, regexes, case, punctuation, numbers):
    def clean(text):
        for each in regexes or []:
            text = re.sub(each, "", text)
        text = text.lower() if case else text
        text = text.translate(str.maketrans("", "", string.punctuation)) if punctuation else text
        return text.translate(str.maketrans("", "", string.digits)) if numbers else text

    items = [int(clean(p) == clean(r)) for p, r in zip(preds, refs)]
    return {"exact_match": float(np.mean(items)), "per_item": items}


class NoWords:
    """A WordNet that knows no synonyms."""

    @staticmethod
    def synsets(_):
        return []


def meteor_one(pred, many, options):
    cut = NLTKWordTokenizer().tokenize
    return max(
        meteor_score.single_meteor_score(cut(r), cut(pred), wordnet=NoWords, **options) for r in many
    )


def interval(values, statistic, method, level, indices):
    compute = {"mean": np.mean, "median": np.median, "std_ddof1": lambda x, axis=-1: np.std(x, ddof=1, axis=axis)}[statistic]
    data = np.array(values)
    drawn = np.array([compute(data[list(rows)]) for rows in indices])

    class Done:
        bootstrap_distribution = drawn

    found = stats.bootstrap((data,), lambda x, axis=-1: compute(x, axis=axis), bootstrap_result=Done, n_resamples=0, method=method, confidence_level=level).confidence_interval
    return {"estimate": float(compute(data)), "low": float(found.low), "high": float(found.high)}


def paired(after, before, level, indices):
    left, right = np.array(after), np.array(before)
    diff = left.mean() - right.mean()
    drawn = np.array([left[list(rows)].mean() - right[list(rows)].mean() for rows in indices])
    extreme = int(np.sum(np.abs(drawn - diff) >= abs(diff) - 1e-12))
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return {
        "mean_b": left.mean(), "mean_a": right.mean(), "diff": diff, "ci_low": low, "ci_high": high,
        "p_two_sided_centred": (1 + extreme) / (len(drawn) + 1),
    }


def mcnemar(b, c):
    n, least = b + c, min(b, c)
    half = [Fraction(math.comb(n, k), 2**n) for k in range(least + 1)]
    exact = min(Fraction(1), 2 * sum(half))
    mid = 1 - half[-1] / 2 if b == c else 2 * sum(half) - half[-1]
    return {"exact_p": float(exact), "midp": float(mid)}


def autoprompt(preds, refs, schema):
    rows = [(p, r) for p, r in zip(preds, refs) if "Discarded" not in (p, r)]
    hits = [p == r for p, r in rows]
    matrix = sk.confusion_matrix([r for _, r in rows], [p for p, _ in rows], labels=schema)
    text = f"Confusion matrix columns:{schema} the matrix data:"
    for label, row in zip(schema, matrix):
        text += f"\n{label}: {row}"
    return {"mean_score": float(np.mean(hits)), "confusion_matrix": matrix.tolist(), "text": text, "num_errors": hits.count(False), "num_rows": len(rows)}


def more_texts(add, draw, text, near, cut13):
    def flattened(given):
        # One sentence, its words apart by plain spaces: newer releases of nltk split contractions before other
        # space too, and the metric follows 3.8.
        return re.sub(r"[.?!](?=\S*\s)", ",", re.sub(r"\s", " ", given))

    def sentence():
        return flattened(text())

    for _ in range(120):
        rows = draw.randint(1, 8)
        refs, preds = [], []
        for at in range(rows):
            golds = [text(draw.randint(1, 4)) for _ in range(draw.randint(1, 3))]
            refs.append({"id": f"q{at}", "answers": {"text": golds, "answer_start": [0] * len(golds)}})
            preds.append({"id": f"q{at}", "prediction_text": near(draw.choice(golds)) if draw.random() < 0.7 else text(3)})
        add("squad", {}, preds, refs, lambda: squad(preds, refs))
        preds2 = [{**p, "no_answer_probability": draw.choice([0.0, 0.1, 0.5, 0.9, 1.0])} for p in preds]
        none = {"text": [], "answer_start": []}
        refs2 = [r if draw.random() < 0.7 else {**r, "answers": none} for r in refs]
        limit = draw.choice([None, 0.0, 0.1, 0.5])
        options = {} if limit is None else {"no_answer_threshold": limit}
        add("squad_v2", options, preds2, refs2, lambda: squad_v2(preds2, refs2, 1.0 if limit is None else limit))

        many = [[text() for _ in range(draw.randint(1, 3))] for _ in range(draw.randint(1, 5))]
        outs = [near(draw.choice(each)) for each in many]
        order, smooth = draw.choice([1, 2, 3, 4, 4, 5, 6]), draw.random() < 0.5
        add(
            "bleu", {"max_order": order, "smooth": smooth}, outs, many,
            lambda: hf_bleu([cut13(o) for o in outs], [[cut13(r) for r in each] for each in many], order, smooth),
        )
        singles = [[sentence() for _ in range(draw.randint(1, 3))] for _ in range(draw.randint(1, 3))]
        said = [flattened(near(draw.choice(each))) for each in singles]
        options = draw.choice([{}, {}, {"alpha": 0.5}, {"beta": 1.0}, {"gamma": 0.0}, {"alpha": 0.8, "beta": 2.5, "gamma": 0.4}])

        def meteor():
            items = [meteor_one(s, each, options) for s, each in zip(said, singles)]
            return {"meteor_no_wordnet": float(np.mean(items)), "per_item_no_wordnet": items}

        add("meteor", options, said, singles, meteor)
        firsts = [each[0] for each in many]
        flags = {n: draw.random() < 0.4 for n in ("ignore_case", "ignore_punctuation", "ignore_numbers")}
        regexes = draw.sample(PATTERNS, draw.choice([1, 1, 2]))
        close = [near(f) if draw.random() < 0.5 else f.swapcase() if draw.random() < 0.3 else f + draw.choice([" ", ".", "1", ""]) for f in firsts]
        add("exact_match", {**flags, "regexes_to_ignore": regexes}, close, firsts, lambda: exact_match(close, firsts, regexes, *flags.values()))
        add("exact_match", flags, close, firsts, lambda: exact_match(close, firsts, None, *flags.values()))
        one = text()
        add("py_split", {}, one, None, lambda: {"tokens": one.split(), "stripped": one.strip(), "rstripped": one.rstrip(), "lower": one.lower(), "code_points": len(one)})
        add("squad_normalize", {}, one, None, lambda: {"text": " ".join(squad_words(one))})
        flat = sentence()
        add("nltk_word_tokenize", {"preserve_line": True}, flat, None, lambda: {"tokens": NLTKWordTokenizer().tokenize(flat)})


def more_labels(add, draw, figure):
    pools = [[0, 1], [0, 1, 2, 3], ["yes", "no"], ["ﬁ", "𠮷", "z", "A"], [1, 2, 10, 9], [0]]
    for _ in range(150):
        pool, rows = draw.choice(pools), draw.choice([1, 2, 3, 10, 40])
        refs = draw.choices(pool, k=rows)
        preds = [r if draw.random() < 0.6 else draw.choice(pool) for r in refs]
        weights = [round(draw.uniform(0.1, 3), 2) for _ in refs] if draw.random() < 0.4 else None
        chosen = draw.choice([None, None, pool, pool[::-1], pool[:1]])
        given = {**({} if weights is None else {"sample_weight": weights})}
        for name, compute in (("precision", sk.precision_score), ("recall", sk.recall_score), ("f1", sk.f1_score)):
            options = {**given, "average": draw.choice(["micro", "macro", "weighted", None, "binary"]), "zero_division": draw.choice([0, 1])}
            if chosen and options["average"] != "binary":
                options["labels"] = chosen
            if options["average"] == "binary":
                options["pos_label"] = draw.choice(pool)
            add(name, options, preds, refs, lambda: {name: figure(compute(refs, preds, **options))})
        counted = draw.random() < 0.5
        add("accuracy", {**given, "normalize": counted}, preds, refs, lambda: {"accuracy": sk.accuracy_score(refs, preds, normalize=counted, sample_weight=weights)})
        add("matthews_correlation", given, preds, refs, lambda: {"matthews_correlation": sk.matthews_corrcoef(refs, preds, sample_weight=weights)})
        kappa = {**given, "weights": draw.choice([None, "linear", "quadratic"]), **({"labels": chosen} if chosen and len(chosen) > 1 else {})}
        add("cohens_kappa", kappa, preds, refs, lambda: {"kappa": sk.cohen_kappa_score(refs, preds, **kappa)})
        shape = {**given, "normalize": draw.choice([None, "true", "pred", "all"]), **({"labels": chosen} if chosen else {})}
        add("confusion_matrix", shape, preds, refs, lambda: {"confusion_matrix": sk.confusion_matrix(refs, preds, **shape).tolist()})
        schema = [f"label {at}" for at in range(draw.choice([2, 3, 30]))]
        told = draw.choices([*schema, "Discarded", "else"], k=rows * 5)
        due = [t if draw.random() < 0.7 else draw.choice(schema) for t in told]
        due = [d if d != "else" else schema[0] for d in due]
        add("autoprompt_confusion", {"label_schema": schema}, told, due, lambda: autoprompt(told, due, schema))


def more_numbers(add, draw):
    for _ in range(120):
        rows = draw.choice([2, 3, 5, 12])
        kind = draw.random()
        values = [0.5] * rows if kind < 0.1 else [float(draw.choice([0, 1])) for _ in range(rows)] if kind < 0.4 else [draw.uniform(-2, 2) for _ in range(rows)]
        others = [v if draw.random() < 0.4 else draw.choice([0.0, 1.0, draw.uniform(-2, 2)]) for v in values]
        indices = [[draw.randrange(rows) for _ in range(rows)] for _ in range(draw.choice([10, 20, 200]))]
        level = draw.choice([0.8, 0.9, 0.95, 0.99])
        resample = {"kind": "explicit", "indices": indices}
        statistic = draw.choice(["mean", "mean", "median", "std_ddof1"])
        method = draw.choice(["percentile", "basic", "BCa"])
        options = {"statistic": statistic, "method": method, "confidence_level": level, "resample": resample}
        add("bootstrap_ci", options, values, None, lambda: interval(values, statistic, method, level, indices))
        add("paired_bootstrap", {"confidence_level": level, "resample": resample}, values, others, lambda: paired(values, others, level, indices))
        b, c = draw.choice([0, 1, 3, 12, 250, 900]), draw.choice([1, 2, 3, 12, 240, 1000])
        add("mcnemar_table", {"b": b, "c": c}, None, None, lambda: mcnemar(b, c))
        n = draw.choice([1, 2, 7, 60, 3000])
        k = draw.choice([0, n, draw.randint(0, n)])

        def wilson():
            test = stats.binomtest(k, n)
            low, high = test.proportion_ci(level, "wilson")
            exact = test.proportion_ci(level, "exact")
            return {"low": low, "high": high, "estimate": k / n, "clopper_pearson_low": exact.low, "clopper_pearson_high": exact.high}

        add("wilson", {"k": k, "n": n, "confidence_level": level}, None, None, wilson)
        weights = [round(draw.uniform(0.1, 2), 2) for _ in values]
        for name, compute in (("mae", sk.mean_absolute_error), ("mse", sk.mean_squared_error), ("rmse", sk.root_mean_squared_error)):
            add(name, {"sample_weight": weights}, values, others, lambda: {f"{name}_float64": compute(others, values, sample_weight=weights)})
        p, q, x = draw.uniform(0.001, 0.999), draw.uniform(0.5, 40), draw.uniform(0.5, 40)
        for name, given, compute in (
            ("norm_ppf", [p], lambda: stats.norm.ppf(p)), ("norm_cdf", [q / 8 - 3], lambda: stats.norm.cdf(q / 8 - 3)),
            ("beta_cdf", [p, q, x], lambda: stats.beta.cdf(p, q, x)), ("beta_ppf", [p, q, x], lambda: stats.beta.ppf(p, q, x)),
            ("binom_cdf", [k, n, p], lambda: stats.binom.cdf(k, n, p)), ("binom_pmf", [k, n, p], lambda: stats.binom.pmf(k, n, p)),
            ("t_sf", [q / 8, rows], lambda: stats.t.sf(q / 8, rows)), ("chi2_sf", [q, 1], lambda: stats.chi2.sf(q, 1)),
        ):
            add(name, {}, given, None, lambda: {"value": float(compute())})
