"""Runs the `gepa` package, unmodified, through simulated worlds over loopback HTTP.

The package is installed outside the repository:
  python3 -m venv /tmp/peers && /tmp/peers/bin/pip install gepa==0.1.4
  node bench/search/server.ts   (prints url and oracle)
  /tmp/peers/bin/python bench/search/peers/gepa_run.py URL ORACLE \
    --worlds 20 --from 0 --minibatch 3 --validation 70 [--conformance]

Prints normalized held-out score at shares of the budget, and with --conformance the share of
reflection requests whose prompt and whose reply went over the wire unharmed.
"""

import argparse
import http.client
import json
import random
import re
from urllib.parse import urlparse

import gepa
from gepa.adapters.default_adapter.default_adapter import EvaluationResult

arguments = argparse.ArgumentParser()
arguments.add_argument("url")
arguments.add_argument("oracle")
arguments.add_argument("--worlds", type=int, default=20)
arguments.add_argument("--from", dest="first", type=int, default=0)
arguments.add_argument("--tier", default="M")
arguments.add_argument("--family", default="T1")
arguments.add_argument("--calls", type=int, default=2000)
arguments.add_argument("--minibatch", type=int, default=3)
arguments.add_argument("--validation", type=int, default=70)
arguments.add_argument("--merge", action="store_true")
arguments.add_argument("--conformance", action="store_true")
arguments.add_argument("--json")
asked = arguments.parse_args()

connections = {}


def post(base, path, body=None):
    address = urlparse(base)
    connection = connections.setdefault(base, http.client.HTTPConnection(address.netloc))
    method = "GET" if body is None else "POST"
    text = None if body is None else json.dumps(body)
    connection.request(method, path, text, {"content-type": "application/json"})
    return json.loads(connection.getresponse().read())


class Quiet:
    def log(self, message):
        pass


def label_evaluator(data, response):
    said = re.search(r"<<\s*([A-Z]+)\s*>>", response)
    answer = data["answer"]
    if said and said.group(1) == answer:
        return EvaluationResult(1.0, f"The generated response is correct. The correct answer is '{answer}'.")
    if not said:
        return EvaluationResult(0.0, f"The answer could not be read. The correct answer is '{answer}'.")
    return EvaluationResult(0.0, f"The generated response is incorrect. The correct answer is '{answer}'.")


def run_world(seed):
    place = f"{asked.tier}.{asked.family}.{seed}"
    run = f"gepa-{asked.minibatch}-{asked.validation}-{asked.merge}-{asked.calls}"
    parts = post(asked.url.removesuffix("/v1"), f"/rows/{place}")
    rows = [
        {"input": row["inputs"]["case"], "additional_context": {}, "answer": row["expected"]}
        for row in parts["train"] + parts["validation"]
    ]
    random.Random(seed).shuffle(rows)
    original = post(asked.url.removesuffix("/v1"), f"/original/{place}")["prompt"]
    exchanges = []

    def ask(model, messages):
        reply = post(asked.url, "/v1/chat/completions", {"model": model, "messages": messages})
        return reply["choices"][0]["message"]["content"]

    def task(messages):
        return ask(f"sim-task@{place}@{run}", list(messages))

    def reflect(prompt):
        reply = ask(f"sim-opt@{place}@{run}", [{"role": "user", "content": prompt}])
        exchanges.append((prompt, reply))
        return reply

    result = gepa.optimize(
        seed_candidate={"system_prompt": original},
        trainset=rows[asked.validation :],
        valset=rows[: asked.validation],
        task_lm=task,
        evaluator=label_evaluator,
        reflection_lm=reflect,
        reflection_minibatch_size=asked.minibatch,
        use_merge=asked.merge,
        max_metric_calls=asked.calls,
        logger=Quiet(),
        seed=seed,
    )
    prompts = [candidate["system_prompt"] for candidate in result.candidates]
    worth = post(asked.oracle, f"/{place}", prompts)
    best_so_far, curve = 0, []
    for index, calls in enumerate(result.discovery_eval_counts):
        if result.val_aggregate_scores[index] > result.val_aggregate_scores[best_so_far]:
            best_so_far = index
        curve.append((calls, worth[best_so_far]["normalized"]))
    best = result.best_idx
    return {
        "seed": seed,
        "curve": curve,
        "final": worth[best]["normalized"],
        "optimism": 100 * (result.val_aggregate_scores[best] - worth[best]["accuracy"]),
        "calls": result.total_metric_calls,
        "ledger": post(asked.url, f"/ledger/sim-task@{place}@{run}"),
        "reflections": len(exchanges),
        "conformance": conformance(exchanges, prompts, rows),
    }


def conformance(exchanges, prompts, rows):
    """Shares: current prompt found in the request, every shown row with its answer, reply parsed."""
    if not exchanges:
        return None
    gold = {row["input"]: row["answer"] for row in rows}
    known = {prompt.strip() for prompt in prompts}
    shown = with_prompt = found = parsed = 0
    for request, reply in exchanges:
        block = re.search(r"```\n(.*?)\n```", request, re.S)
        with_prompt += bool(block and block.group(1).strip() in known)
        for part in re.split(r"(?=Case K\d{6}:)", request)[1:]:
            row = part.split("\n")[0].strip()
            shown += 1
            found += bool(row in gold and f"answer is '{gold[row]}'" in part)
        parsed += len(re.findall(r"```", reply)) == 2
    return {
        "prompt": with_prompt / len(exchanges),
        "gold": found / max(1, shown),
        "reply": parsed / len(exchanges),
    }


runs = [run_world(seed) for seed in range(asked.first, asked.first + asked.worlds)]


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def value_at(run, calls):
    return ([0.0] + [value for at, value in run["curve"] if at <= calls])[-1]


def area(run):
    steps = [(min(at, asked.calls), value) for at, value in run["curve"]] + [(asked.calls, 0)]
    return sum(value * (steps[i + 1][0] - at) for i, (at, value) in enumerate(steps[:-1])) / asked.calls


shares = [0.0625, 0.125, 0.25, 0.5, 1]
print(f"gepa {getattr(gepa, '__version__', '0.1.4')} minibatch {asked.minibatch} validation {asked.validation} merge {asked.merge}: "
      f"tier {asked.tier} {asked.family} worlds {asked.first}-{asked.first + asked.worlds - 1}")
print("  " + "  ".join(f"@{round(share * asked.calls)} {mean(value_at(run, share * asked.calls) for run in runs):.3f}" for share in shares))
print(f"  final {mean(run['final'] for run in runs):.3f}  area {mean(area(run) for run in runs):.3f}"
      f"  to 80 %: {sum(any(value >= .8 for at, value in run['curve'] if at <= asked.calls) for run in runs)} of {len(runs)}"
      f"  optimism {mean(run['optimism'] for run in runs):+.1f}"
      f"  calls {mean(run['calls'] for run in runs):.0f} (server {mean(run['ledger']['calls'] for run in runs):.0f}),"
      f" reflections {mean(run['reflections'] for run in runs):.0f}")
if asked.conformance:
    for key in ("prompt", "gold", "reply"):
        print(f"  conformance {key}: {mean(run['conformance'][key] for run in runs if run['conformance']):.4f}")
if asked.json:
    with open(asked.json, "w", encoding="utf-8") as file:
        json.dump([{**run, "area": area(run)} for run in runs], file)
