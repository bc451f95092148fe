"""LiteLLM's router loads its configurations: every alias leads to a model, every model has its prices."""

import os
import pathlib
import sys

# No network: the price map that comes with the package, and a key that is never used.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
os.environ["OPENAI_API_KEY"] = "none"

import litellm  # noqa: E402
import yaml  # noqa: E402

work = pathlib.Path(sys.argv[2])
failed = 0


def check(condition, sentence):
    global failed
    if not condition:
        failed += 1
        print(sentence)


files = sorted(work.glob("*.litellm.yaml"))
for path in files:
    config = yaml.safe_load(path.read_text())
    policy = yaml.safe_load((work / path.name.replace(".litellm.", ".policy.")).read_text())
    router = litellm.Router(model_list=config["model_list"], **config["router_settings"])
    names = set(router.get_model_names())
    for name, target in router.model_group_alias.items():
        check(target in names, f"{path.name}: {name} leads to {target}, which is no model")
        deployments = router.get_model_list(model_name=name)
        check(len(deployments) == 1, f"{path.name}: {name} has {len(deployments)} deployments")
    for decision in policy["workloads"]:
        name = f"lightreplay/{decision['match']['workload']}"
        check(name in router.model_group_alias, f"{path.name}: {name} is missing")
    prices = {row["model"]: row for row in (policy["prices"] or {"usd_per_million_tokens": []})["usd_per_million_tokens"]}
    for model in router.model_list:
        price = prices.get(model["model_name"])
        info = router.get_deployment(model["model_info"]["id"]).litellm_params
        for key, part in [("input_cost_per_token", "input"), ("output_cost_per_token", "output")]:
            found, wanted = getattr(info, key), price[part] / 1e6 if price else None
            check(
                found is None if wanted is None else abs(found - wanted) <= 1e-9 * wanted,
                f"{path.name}: {model['model_name']}: {key} is {found}, expected {wanted}",
            )
print(f"  {len(files)} configurations loaded, {failed} things wrong")
sys.exit(1 if failed or not files else 0)
