/// The cells of code. Nothing from a trace stands in them; they read it from the tables.
enum NotebookCode {
  static let load = #"""
    import matplotlib.pyplot as plt
    import pandas as pd


    def table(name, **types):
        """A table beside this notebook; numbers are read exactly, text stays text."""
        return pd.read_csv(name, dtype=types, float_precision="round_trip", keep_default_na=False, na_values=[""])


    names = {"workload": str, "id": str, "label": str, "k": str, "boot_budget": str}
    outcomes = table("outcomes.csv", workload=str, query=str)
    policies = table("policies.csv", schedule=str, selector=str, aggregator=str, **names)
    regimes = table("regimes.csv", workload=str, id=str)
    recommendations = table("recommendations.csv", workload=str, id=str, wanted=str, k_set=str)


    def plain(text, length=40):
        """Text for a chart, where matplotlib would read formulas."""
        text = str(text).replace("\n", " ").replace("\r", " ")
        text = text if len(text) <= length else text[: length - 1] + "…"
        return text.replace("$", r"\$")


    recommendations
    """#

  static let means = #"""
    sums = outcomes.groupby(["workload", "policy"]).agg(
        score_sum=("score", "sum"), cost_sum=("cost", "sum"), rows=("score", "size")
    )
    means = pd.DataFrame(
        {
            "mean_score": sums.score_sum / sums.rows / 1_000_000,
            "mean_cost": sums.cost_sum / sums.rows / COST_SCALE,
        }
    )
    compared = policies.join(means, on=["workload", "policy"])
    assert (compared.mean_score == compared.score).all()
    assert (compared.mean_cost == compared.cost).all()
    compared[["workload", "label", "mean_score", "mean_cost"]].sort_values(["workload", "mean_cost"]).head(20)
    """#

  static let recommend = #"""
    contenders = compared[compared.recommendable].copy()


    def recommend(workload, lam):
        """The recommendable policy with the largest S − λC."""
        own = contenders[contenders.workload == workload]
        objective = own.mean_score - lam * own.mean_cost
        ranked = own.assign(objective=objective).sort_values(
            ["objective", "mean_cost", "tie_order"], ascending=[False, True, True]
        )
        return ranked.iloc[0]


    def hull(workload):
        """Policies that are best for some λ ≥ 0, dearest first."""
        own = contenders[contenders.workload == workload]
        own = own.merge(sums.reset_index(), on=["workload", "policy"])
        own = own.sort_values(["cost_sum", "score_sum", "tie_order"], ascending=[True, False, True])
        kept = []
        for point in own.itertuples():
            s, c = int(point.score_sum), int(point.cost_sum)
            if kept and s <= kept[-1][0]:
                continue
            while len(kept) > 1:
                (s1, c1, _), (s0, c0, _) = kept[-1], kept[-2]
                if (s1 - s0) * (c - c0) > (s - s0) * (c1 - c0):
                    break
                kept.pop()
            kept.append((s, c, point.id))
        return [name for _, _, name in reversed(kept)]


    for workload, rows in regimes.groupby("workload"):
        assert hull(workload) == list(rows.id)
        for row in rows.itertuples():
            lam = row.lambda_low * 2 + 1 if pd.isna(row.lambda_high) else (row.lambda_low + row.lambda_high) / 2
            assert recommend(workload, lam).id == row.id, (workload, lam)
    print("the same policies as the program recommends, for every λ")
    regimes
    """#

  static let tryLambda = #"""
    # Score per cost unit. Try another.
    LAMBDA = float(recommendations["lambda"].fillna(0).iloc[0]) if len(recommendations) else 0.0

    chosen = pd.DataFrame([recommend(workload, LAMBDA) for workload in contenders.workload.unique()])
    print("λ =", LAMBDA)
    for row in chosen.itertuples():
        print(f"{row.workload[:60]}: {row.id[:200]} scores {row.mean_score:.4f} at {row.mean_cost:.3g} {COST_UNIT} a query")
    """#

  static let scatter = #"""
    for workload, own in compared.groupby("workload"):
        figure, axes = plt.subplots(figsize=(8, 4.5))
        schemes = own[~own.baseline]
        axes.plot(schemes.cost, schemes.score, ".", color="\#(Palette.grey)", label="policies")
        edge = own[own.frontier]
        error = [(edge.score - edge.score_low).clip(lower=0), (edge.score_high - edge.score).clip(lower=0)]
        axes.errorbar(edge.cost, edge.score, yerr=error, fmt="o", color="\#(Palette.blue)", label="frontier")
        line = regimes[regimes.workload == workload]
        axes.plot(line.cost, line.score, "-", color="\#(Palette.blue)", label="hull")
        for row in own[own.baseline].itertuples():
            axes.plot(row.cost, row.score, "s", color="\#(Palette.vermilion)")
            axes.annotate(plain(row.label, 24), (row.cost, row.score), xytext=(5, 3), textcoords="offset points", fontsize=8)
        best = own[own.policy.isin(recommendations[recommendations.workload == workload].policy)]
        axes.plot(best.cost, best.score, "o", ms=14, mfc="none", mec="black", label="recommended")
        if own.cost.min() > 0 and own.cost.max() > 8 * own.cost.min():
            axes.set_xscale("log")
        axes.set(title=plain(workload, 80), xlabel=f"cost, {COST_UNIT} per query", ylabel="score")
        axes.legend(fontsize=8)
        plt.show()
    """#

  static let along = #"""
    def boot_order(name):
        return {"none": -1, "full": float("inf")}.get(name) if name in ("none", "full") else float(name)


    for workload, own in compared[~compared.baseline].groupby("workload"):
        own = own[own.recommendable & ~own.k.str.contains("[>|]")]
        if own.empty:
            continue
        kind = own.groupby(["selector", "aggregator", "layers"]).size().idxmax()
        own = own[(own.selector == kind[0]) & (own.aggregator == kind[1]) & (own.layers == kind[2])]
        figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4), sharex=True)
        for boot in sorted(own.boot_budget.unique(), key=boot_order):
            line = own[own.boot_budget == boot].assign(k=lambda rows: rows.k.astype(int)).sort_values("k")
            left.errorbar(
                line.k, line.score, yerr=[(line.score - line.score_low).clip(lower=0), (line.score_high - line.score).clip(lower=0)],
                marker="o", capsize=2, label=f"B = {boot}",
            )
            right.plot(line.k, line.cost, marker="o", label=f"B = {boot}")
        left.set(title=plain(workload, 60), xlabel="k", ylabel="score")
        right.set(xlabel="k", ylabel=f"cost, {COST_UNIT} per query")
        left.legend(fontsize=8)
        plt.show()
    """#

  static let stages = #"""
    stages = ["boot", "selection", "completion", "merge", "refinement"]
    for workload, own in compared.groupby("workload"):
        picked = own.policy.isin(recommendations[recommendations.workload == workload].policy)
        own = own[(own.frontier | own.baseline | picked) & own.recommendable].sort_values("cost")
        figure, axes = plt.subplots(figsize=(8, 0.35 * len(own) + 1.2))
        start = pd.Series(0.0, index=own.index)
        for stage in stages:
            axes.barh([plain(name) for name in own.label], own["cost_" + stage], left=start, label=stage)
            start = start + own["cost_" + stage]
        axes.set(title=plain(workload, 80), xlabel=f"cost, {COST_UNIT} per query")
        axes.legend(fontsize=8)
        plt.show()
    """#
}
