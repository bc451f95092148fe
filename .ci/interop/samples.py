"""What documents.py makes documents of, beside the committed traces."""

# A configuration for the address of a model server and a file of prompts.
LIVE = """
name: live
endpoints:
  loop: {url: "%s", continuation: prefill, concurrency: 4}
models:
  ant: {endpoint: loop, max_tokens: 60, logprobs: true}
  bee: {endpoint: loop, max_tokens: 60, logprobs: true}
  cat: {endpoint: loop, max_tokens: 60, logprobs: true}
  owl: {endpoint: loop, max_tokens: 60}
pool: [ant, bee, cat]
selectors:
  ranker: {model: owl, prompt: "{query}\\n{answers}\\nRank them: [{names}]"}
aggregators: {merger: {model: owl}}
prompts: [%s]
record: [{k: 1-3, boot: [4, 8], layers: 2, every_set_of: 2}]
"""

# Grades the texts of one model, and says that it cannot grade others.
SCORER = """import json, sys
for line in map(json.loads, sys.stdin):
    verdict = {"score": 0.5} if line["model"] == "lark" else {"error": "not mine"}
    print(json.dumps({"id": line["id"], **verdict}), flush=True)
"""

# The least that an interchange file holds.
LEAST = [
    {"format": "lightreplay.trace/1", "name": "least", "models": [{"name": "a"}]},
    {"query": "1", "workload": "w"},
    {"query": "2", "workload": "w", "responses": [{"model": "a", "score": 0.5}]},
    {"query": "3", "workload": "w", "responses": [{"model": "a", "error": "timeout"}]},
]

# The most: every key there is.
USAGE = {
    "input_tokens": 9,
    "cached_input_tokens": 4,
    "output_tokens": 2,
    "reasoning_tokens": 1,
    "token_source": "reported",
    "cost_usd": 0.00001,
    "ttft_s": 0.1,
    "duration_s": 0.2,
    "finish_reason": "stop",
    "answer": "18",
    "score": 1,
    "grades": {"strict": {"answer": "18", "score": 1}},
    "extra": {"seen": [1, None]},
}
SET = {"layer": 1, "members": ["a", "b"]}
MOST = [
    {
        "format": "lightreplay.trace/1",
        "name": "most",
        "models": [{"name": "a", "skills": ["s"], "continuation": "cached", "extra": 1}, {"name": "b"}, {"name": "c"}],
        "pool": ["a", "b"],
        "selectors": [{"name": "r", "model": "c", "prompt": "Rank {answers}", "extra": {}}],
        "aggregators": [{"name": "m", "model": "c", "prompt": "Merge {answers}", "extra": {}}],
        "extra": {"made": "up"},
    },
    {
        "query": "1",
        "workload": "w",
        "group": "g",
        "skills": ["s"],
        "ordinal": 7,
        "messages": [{"role": "user", "content": "9 and 9?"}],
        "reference": "18",
        "responses": [
            {"model": "a", "sample": 1, "text": "18.", "token_ends": [2, 3], **USAGE}
            | {"prefixes": [{"boot_budget": 1, "answer": "18", "score": 1}]},
            {"model": "b", "text": None, "score": None, "error": {"status": 500}},
        ],
        "boots": [{"model": "a", "boot_budget": 1, "text": "18", **USAGE}],
        "continuations": [{"model": "a", "boot_budget": 1, "text": ".", **USAGE}],
        "rankings": [
            {"selector": "r", "boot_budget": 1, **SET, "order": ["b", "a"], "shown": ["a", "b"], "model": "c", **USAGE}
            | {"scores": [0.5, -2]},
            {"selector": "r", "boot_budget": "full", **SET, "order": None},
        ],
        "merges": [{"aggregator": "m", "boot_budget": 1, **SET, "text": "18", "model": "c", **USAGE}],
        "refinements": [{"model": "a", "aggregator": "m", "boot_budget": None, **SET, "layer": 3, "text": "18", **USAGE}],
        "extra": "anything",
    },
    {"query": "2", "workload": "w", "prompt": "9 and 9?", "responses": [{"model": "b", "text": "18"}]},
]
