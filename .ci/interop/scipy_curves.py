"""Estimates and standard errors of `lightreplay fit --csv` against scipy.optimize.curve_fit.

The same points, with unknown errors, with standard errors and with a full covariance, for every family with
and without a form through the origin. Both must agree to 1e-6 relative; exit code 1 where they do not.
"""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from scipy.optimize import curve_fit

TOLERANCE = 1e-6
BUDGETS = np.array([25.0, 50, 100, 150, 200, 300, 400, 600])

# Per family: the truth, S(x; p), and the columns of dS/dp.
FAMILIES = {
    "constant": ([0.7], lambda x, a: a + 0 * x, lambda x, a: [1 + 0 * x]),
    "linear": ([0.5, 5e-4], lambda x, a, b: a + b * x, lambda x, a, b: [1 + 0 * x, x]),
    "logarithmic": ([0.3, 0.08], lambda x, a, b: a + b * np.log(x), lambda x, a, b: [1 + 0 * x, np.log(x)]),
    "saturating-exponential": (
        [0.85, 0.5, 80],
        lambda x, a, b, t: a - b * np.exp(-x / t),
        lambda x, a, b, t: [1 + 0 * x, -np.exp(-x / t), -b * np.exp(-x / t) * x / t**2],
    ),
    "power": (
        [0.9, 1.5, 0.5],
        lambda x, a, b, c: a - b * x**-c,
        lambda x, a, b, c: [1 + 0 * x, -(x**-c), b * x**-c * np.log(x)],
    ),
    "hyperbolic": (
        [0.8, 0.6, 60],
        lambda x, a, b, h: a - b / (1 + x / h),
        lambda x, a, b, h: [1 + 0 * x, -1 / (1 + x / h), -b * (x / h**2) / (1 + x / h) ** 2],
    ),
    "logistic": (
        [0.9, 100, 40],
        lambda x, a, m, s: a / (1 + np.exp(-(x - m) / s)),
        lambda x, a, m, s: [
            1 / (1 + np.exp(-(x - m) / s)),
            -a / s * np.exp(-(x - m) / s) / (1 + np.exp(-(x - m) / s)) ** 2,
            -a * (x - m) / s**2 * np.exp(-(x - m) / s) / (1 + np.exp(-(x - m) / s)) ** 2,
        ],
    ),
    "rise-and-fall": (
        [0.8, 0.6, 4e-4, 50],
        lambda x, a, b, c, t: a - b * np.exp(-x / t) - c * x,
        lambda x, a, b, c, t: [1 + 0 * x, -np.exp(-x / t), -x, -b * np.exp(-x / t) * x / t**2],
    ),
}

ORIGIN = {
    "linear": ([1e-3], lambda x, b: b * x, lambda x, b: [x]),
    "saturating-exponential": (
        [0.85, 80],
        lambda x, a, t: a * (1 - np.exp(-x / t)),
        lambda x, a, t: [1 - np.exp(-x / t), -a * np.exp(-x / t) * x / t**2],
    ),
    "power": ([-0.05, -0.4], lambda x, b, c: -b * x**-c, lambda x, b, c: [-(x**-c), b * x**-c * np.log(x)]),
    "hyperbolic": (
        [0.8, 60],
        lambda x, a, h: a * x / (h + x),
        lambda x, a, h: [x / (h + x), -a * x / (h + x) ** 2],
    ),
}


def ours(program, folder, family, x, y, errors, through_origin):
    table = folder / "points.csv"
    rows = [["x", "y"]] + [[repr(float(a)), repr(float(b))] for a, b in zip(x, y)]
    command = [program, "fit", "--csv", str(table), "--family", family, "--format", "json"]
    if errors is not None and errors.ndim == 1:
        rows = [row + ["sigma" if index == 0 else repr(float(errors[index - 1]))] for index, row in enumerate(rows)]
    if errors is not None and errors.ndim == 2:
        with open(folder / "covariance.csv", "w", newline="") as file:
            csv.writer(file).writerows([[repr(float(entry)) for entry in row] for row in errors])
        command += ["--covariance", str(folder / "covariance.csv")]
    if through_origin:
        command.append("--through-origin")
    with open(table, "w", newline="") as file:
        csv.writer(file).writerows(rows)
    document = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    parameters = document["curves"][0]["families"][0]["parameters"]
    return np.array([p["value"] for p in parameters]), np.array([p["se"] for p in parameters])


def scipys(curve, gradient, start, x, y, errors):
    values, covariance = curve_fit(
        curve, x, y, p0=start, sigma=errors, absolute_sigma=errors is not None, method="lm",
        jac=lambda x, *p: np.column_stack(gradient(x, *p)), ftol=1e-15, xtol=1e-15, gtol=1e-15, maxfev=100_000,
    )
    return values, np.sqrt(np.diag(covariance))


def main():
    program = sys.argv[1]
    random = np.random.default_rng(20250521)
    deviation, correlation = 0.004, 0.7
    n = len(BUDGETS)
    sigma = deviation * np.linspace(0.7, 1.4, n)
    covariance = np.outer(sigma, sigma) * (correlation + (1 - correlation) * np.eye(n))
    noise = np.linalg.cholesky(covariance)
    worst, checks, failed = 0.0, 0, 0
    cases = [(name, case, False) for name, case in FAMILIES.items()]
    cases += [(name, case, True) for name, case in ORIGIN.items()]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for family, (truth, curve, gradient), through_origin in cases:
            for kind, errors in [("unknown", None), ("sigma", sigma), ("covariance", covariance)]:
                y = curve(BUDGETS, *truth) + noise @ random.standard_normal(n)
                own = ours(program, folder, family, BUDGETS, y, errors, through_origin)
                # SciPy starts from the truth, so that it finds its own way to the minimum.
                other = scipys(curve, gradient, truth, BUDGETS, y, errors)
                apart = max(np.max(np.abs(a / b - 1)) for a, b in zip(own, other))
                worst, checks = max(worst, apart), checks + 1
                if not apart <= TOLERANCE:
                    failed += 1
                    print(f"{family} ({kind}, origin {through_origin}): {apart:.1e}\n {own}\n {other}", file=sys.stderr)
    print(f"curves: {checks} fits against SciPy, largest relative difference {worst:.1e}, {failed} beyond {TOLERANCE}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
