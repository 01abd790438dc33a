"""The few functions of numpy that the document calls, written out so that plain Python is enough to run it."""

import cmath
import math
from fractions import Fraction


class _Array(list):
    def __gt__(self, other):
        return _Array(v > other for v in self)


def arange(n):
    return list(range(n))


def _sum(values):
    """numpy's pairwise summation (numpy/_core/src/umath/loops_utils.h.src)."""
    n = len(values)
    if n < 8:
        total = 0.0
        for v in values:
            total += v
        return total
    if n <= 128:
        r = list(values[:8])
        i = 8
        while i < n - n % 8:
            for k in range(8):
                r[k] += values[i + k]
            i += 8
        total = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))
        while i < n:
            total += values[i]
            i += 1
        return total
    half = n // 2
    half -= half % 8
    return _sum(values[:half]) + _sum(values[half:])


def mean(values):
    return _sum([float(v) for v in values]) / len(values)


def std(values):
    m = mean(values)
    return math.sqrt(mean([(v - m) * (v - m) for v in values]))


def diff(values):
    return [b - a for a, b in zip(values, values[1:])]


def polyfit(x, values, degree):
    """The line of least squares in exact fractions, rounded once."""
    assert degree == 1
    n = len(values)
    y = [Fraction(v) for v in values]
    sx, sy = sum(x), sum(y)
    slope = (n * sum(a * b for a, b in zip(x, y)) - sx * sy) / Fraction(n * sum(a * a for a in x) - sx * sx)
    return [float(slope), float((sy - slope * sx) / n)]


def abs(values):  # noqa: A001
    return [v.__abs__() for v in values]


def argmax(values):
    """The first of the greatest. Frequencies k and n-k of real values are equal; rounding here must not choose."""
    best = 0
    for i, v in enumerate(values):
        if v > values[best] * (1 + 1e-9):
            best = i
    return best


class fft:
    @staticmethod
    def fft(values):
        n = len(values)
        result = []
        for k in range(n):
            terms = [v * cmath.exp(-2j * math.pi * ((k * t) % n) / n) for t, v in enumerate(values)]
            result.append(complex(math.fsum(t.real for t in terms), math.fsum(t.imag for t in terms)))
        return result

    @staticmethod
    def fftfreq(n):
        return [k / n if k < (n + 1) // 2 else (k - n) / n for k in range(n)]
