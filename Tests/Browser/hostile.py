"""Traces made to hurt: names that are markup, formulas, right-to-left, emoji, and 10,000 characters long."""

import json
import random

NAMES = [
    "<script>window.hurt=1</script>", "</script><img src=x onerror=window.hurt=1>", "=cmd()|' /C calc'!A0",
    "\"quoted\" & 'single' $x^2$ `tick`", "שלום עולם \u202e reversed", "🦜" * 12,
]
WORKLOADS = ["<b>bold</b> </title><script>window.hurt=2</script>", "=HYPERLINK(\"http://x\",\"y\")", "w|*_[x](javascript:alert(1))\r\n# h"]


def _response(model, text, score, tokens):
    return {"model": model, "text": text, "input_tokens": 20, "output_tokens": tokens, "score": score,
            "answer": "<i>" + str(score), "ttft_s": 0.1, "duration_s": 1.5}


def hostile_trace():
    draw = random.Random(7)
    models = NAMES + ["long " + "x" * 10_000]
    lines = [{"format": "lightreplay.trace/1", "name": "<h1>hostile</h1>", "models": [{"name": m} for m in models],
              "pool": models}]
    for workload in WORKLOADS:
        for number in range(12):
            lines.append({
                "query": f"{workload}/{number}", "workload": workload, "prompt": "</script><script>window.hurt=3</script>",
                "responses": [
                    _response(m, "<svg onload=window.hurt=4> " * 5, int(draw.random() < 0.3 + 0.09 * i), 20 + 15 * i)
                    for i, m in enumerate(models)],
            })
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def large_trace():
    """10 workloads, 8 models: what a page of 10 x 200 policies is made from."""
    draw = random.Random(8)
    models = [f"provider/model-{i}-instruct" for i in range(8)]
    lines = [{"format": "lightreplay.trace/1", "name": "large", "models": [{"name": m} for m in models], "pool": models}]
    for workload in range(10):
        for number in range(40):
            lines.append({
                "query": f"{workload}/{number}", "workload": f"category-{workload}",
                "responses": [
                    _response(m, f"answer {number} " * 40, int(draw.random() < 0.4 + 0.06 * i), draw.randrange(100, 300))
                    for i, m in enumerate(models)],
            })
    return "".join(json.dumps(line) + "\n" for line in lines)
