"""Runs optimizers of the `dspy` package, unmodified, through simulated worlds over loopback HTTP.

The package is installed outside the repository:
  python3 -m venv /tmp/peers && /tmp/peers/bin/pip install dspy==3.4.1 optuna
  node bench/search/server.ts   (prints url and oracle)
  /tmp/peers/bin/python bench/search/peers/dspy_run.py URL ORACLE --optimizer mipro \
    --worlds 20 --from 0 [--auto light|medium|heavy] [--demos 0] [--json FILE]

Optimizers: mipro (MIPROv2), simba, gepa (dspy.GEPA). A program's worth is that of its instruction
with its demonstrations as text. Prints normalized held-out score at shares of the budget, and the
share of replies that the package could use and of shown cases that were read with their answer (for
simba less, it repeats a case in its trajectories).
"""

import argparse
import json
import logging
import re
import sys
import urllib.request

import dspy

arguments = argparse.ArgumentParser()
arguments.add_argument("url")
arguments.add_argument("oracle")
arguments.add_argument("--optimizer", choices=["mipro", "simba", "gepa"], default="mipro")
arguments.add_argument("--worlds", type=int, default=20)
arguments.add_argument("--from", dest="first", type=int, default=0)
arguments.add_argument("--tier", default="M")
arguments.add_argument("--family", default="T1")
arguments.add_argument("--calls", type=int, default=2000)
arguments.add_argument("--auto", default="light")
arguments.add_argument("--demos", type=int, default=4)
arguments.add_argument("--steps", type=int, default=8)
arguments.add_argument("--validation", type=int, default=70)
arguments.add_argument("--minibatch", type=int, default=3)
arguments.add_argument("--json")
asked = arguments.parse_args()
if asked.first + asked.worlds > 5000:
    sys.exit("Worlds from 5000 on are left alone: figures are confirmed there.")

logging.disable(logging.WARNING)
dspy.disable_logging()


def call(address, body=None):
    payload = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(address, payload)) as response:
        return json.loads(response.read())


def score(example, prediction, trace=None, *_):
    said = re.search(r"<<\s*([A-Z]+)\s*>>", getattr(prediction, "answer", "") or "")
    return float(bool(said) and said.group(1) == example.answer)


def with_feedback(gold, pred, trace=None, pred_name=None, pred_trace=None):
    right = score(gold, pred)
    said = "correct" if right else "incorrect"
    return dspy.Prediction(
        score=right,
        feedback=f"The generated response is {said}. The correct answer is '{gold.answer}'.",
    )


def text_of(program):
    predictor = program.predictors()[0]
    shown = [f"{demo['case']}\nAnswer: {demo['answer']}" for demo in predictor.demos]
    return "\n".join([predictor.signature.instructions, *shown])


def run_world(seed):
    place = f"{asked.tier}.{asked.family}.{seed}"
    run = "-".join(["dspy", asked.optimizer, asked.auto, str(asked.demos), str(asked.steps), str(asked.minibatch)])
    parts = call(f"{asked.url.removesuffix('/v1')}/rows/{place}")
    original = call(f"{asked.url.removesuffix('/v1')}/original/{place}")["prompt"]
    rows = [
        dspy.Example(case=row["inputs"]["case"], answer=row["expected"]).with_inputs("case")
        for row in parts["train"] + parts["validation"]
    ]

    def model(role):
        return dspy.LM(f"openai/{role}@{place}@{run}", api_base=asked.url, api_key="none", cache=False)

    task, optimizer = model("sim-task"), model("sim-opt")
    dspy.configure(lm=task)
    program = dspy.Predict(dspy.Signature("case -> answer", original))
    curve = []
    if asked.optimizer == "mipro":
        made = dspy.MIPROv2(
            metric=score, prompt_model=optimizer, task_model=task, auto=asked.auto, seed=seed + 1, num_threads=1,
            max_bootstrapped_demos=asked.demos, max_labeled_demos=asked.demos,
        ).compile(program, trainset=rows)
        best = -1.0
        for log in made.trial_logs.values():
            if log.get("full_eval_score", -1.0) > best:
                best = log["full_eval_score"]
                curve.append((log["total_eval_calls_so_far"], text_of(log["full_eval_program"])))
        reported = made.score / 100
    elif asked.optimizer == "simba":
        made = dspy.SIMBA(
            metric=score, prompt_model=optimizer, max_steps=asked.steps, max_demos=asked.demos, num_threads=1
        ).compile(program, trainset=rows, seed=seed)
        reported = max(each["score"] for each in made.candidate_programs)
    else:
        made = dspy.GEPA(
            metric=with_feedback, reflection_lm=optimizer, max_metric_calls=asked.calls, seed=seed, num_threads=1,
            reflection_minibatch_size=asked.minibatch, track_stats=True,
        ).compile(program, trainset=rows[asked.validation :], valset=rows[: asked.validation])
        details, best = made.detailed_results, -1.0
        for index, calls in enumerate(details.discovery_eval_counts):
            if details.val_aggregate_scores[index] > best:
                best = details.val_aggregate_scores[index]
                curve.append((calls, text_of(details.candidates[index])))
        reported = best
    ledger = call(f"{asked.url.removesuffix('/v1')}/ledger/sim-task@{place}@{run}")
    shown = call(f"{asked.url.removesuffix('/v1')}/ledger/sim-opt@{place}@{run}")
    curve.append((ledger["calls"], text_of(made)))
    worth = call(f"{asked.oracle}/{place}", [text for _, text in curve])
    return {
        "seed": seed,
        "curve": [(calls, each["normalized"]) for (calls, _), each in zip(curve, worth)],
        "final": worth[-1]["normalized"],
        "optimism": 100 * (reported - worth[-1]["accuracy"]),
        "calls": ledger["calls"],
        "tokens": ledger["tokens"],
        "gold": shown["read"] / max(1, shown["cases"]),
        "conformance": conformance(task.history + optimizer.history),
    }


def conformance(history):
    """Share of replies in which every field that was asked for could be read."""
    replies = [(str(each["messages"][-1]["content"]), each["outputs"][0]) for each in history]
    good = 0
    for request, reply in replies:
        ask = request.rstrip().split("\n")[-1]
        names = [name for name in re.findall(r"`(?:\[\[ ## )?(\w+)(?: ## \]\])?`", ask) if name != "completed"]
        text = reply if isinstance(reply, str) else reply.get("text", "")
        good += bool(names) and all(f"[[ ## {name} ## ]]" in text or f'"{name}"' in text for name in names)
    return good / max(1, len(replies))


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def value_at(run, calls):
    return ([0.0] + [value for at, value in run["curve"] if at <= calls])[-1]


def area(run):
    steps = [(0, 0.0), *[(min(at, asked.calls), value) for at, value in run["curve"]], (asked.calls, 0)]
    return sum(value * (steps[i + 1][0] - at) for i, (at, value) in enumerate(steps[:-1])) / asked.calls


runs = [run_world(seed) for seed in range(asked.first, asked.first + asked.worlds)]
shares = [0.0625, 0.125, 0.25, 0.5, 1]
print(f"dspy {dspy.__version__} {vars(asked)}")
print("  " + "  ".join(f"@{round(share * asked.calls)} {mean(value_at(run, share * asked.calls) for run in runs):.3f}" for share in shares))
print(f"  final {mean(run['final'] for run in runs):.3f}  area {mean(area(run) for run in runs):.3f}"
      f"  to 80 %: {sum(any(value >= .8 for _, value in run['curve']) for run in runs)} of {len(runs)}"
      f"  optimism {mean(run['optimism'] for run in runs):+.1f}"
      f"  task calls {mean(run['calls'] for run in runs):.0f}, tokens {mean(run['tokens'] for run in runs) / 1000:.0f}k"
      f"  conformance: replies {mean(run['conformance'] for run in runs):.4f},"
      f" cases read with their answer {mean(run['gold'] for run in runs):.4f}")
if asked.json:
    with open(asked.json, "w", encoding="utf-8") as file:
        json.dump([{**run, "area": area(run)} for run in runs], file)
