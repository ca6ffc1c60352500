#!/usr/bin/env python3
"""Fit the weights of `data/confidence.toml` on half `a` of `judged.tsv`, and print the table.

    fit_confidence.py [--penalty 1.0]

A logistic regression for each kind of fact, with a ridge penalty on every weight but the constant one. Half `b` and
set `unseen` are not looked at.
"""

import argparse

import judged
import numpy as np
import numpy.typing as npt

from communique.fuse.confidence import ALWAYS, table

type Floats = npt.NDArray[np.float64]

ROUNDS = 30
#: Weights set by hand. A statement without a speaker is never right (that is what right means); where as many name
#: somebody else it is right half the time at best; and two speakers of one statement are too rare to fit at all. Facts
#: that bear such a sign are not fitted on.
BY_HAND = {
    "nobody named as speaking": -6.0,
    "fewer name somebody else": -1.5,
    "as many name somebody else": -4.0,
}


def main() -> None:
    """Read, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--penalty", type=float, default=1.0)
    penalty = parser.parse_args().penalty
    seen = [j for j in judged.judged() if j.half == judged.FITTED]
    for kind, weights in table().items():
        some = [j for j in seen if j.fact.kind == kind and not BY_HAND.keys() & set(j.fact.signs)]
        signs = [ALWAYS, *(s for s in weights if s != ALWAYS and s not in BY_HAND)]
        rows = np.array([[float(s in j.fact.signs) for s in signs] for j in some])
        right = np.array([float(bool(j.right)) for j in some])
        print(f"\n[{kind}]")
        for name, weight, held in zip(signs, fitted(rows, right, penalty), rows.sum(axis=0), strict=True):
            print(f'"{name}" = {weight:.2f}  # seen {held:.0f} times')
        for name in BY_HAND.keys() & weights.keys():
            print(f'"{name}" = {BY_HAND[name]:.1f}  # by hand')


def fitted(rows: Floats, right: Floats, penalty: float) -> Floats:
    """Weights of a logistic regression by Newton's method."""
    ridge = penalty * np.eye(rows.shape[1])
    ridge[0, 0] = 0.0
    weights = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        told = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (right - told) - ridge @ weights
        curve = (rows * (told * (1 - told))[:, None]).T @ rows + ridge
        weights = weights + np.linalg.solve(curve, slope)
    return weights


if __name__ == "__main__":
    main()
