"""A model that was trained in Density Playground: its density and its samples, in NumPy or in PyTorch.

    python density_model.py model.safetensors                      # what it is
    python density_model.py model.safetensors --samples 1000 > samples.csv
    python density_model.py model.safetensors --points points.csv  # log p(x) of each row, in nats

    model = Model.load("model.safetensors")
    model.log_prob(x)                    # x: an array (points, variables); nats, in the data's own units
    model.sample(1000, temperature=0.8, seed=1)
    module = model.torch()               # a torch.nn.Module with log_prob and sample, to train on

It needs NumPy, and PyTorch only for `torch()`. x is data, u is base; `forward` maps base to data, `inverse` data to base; both give the
logarithm of their own Jacobian's determinant too. Batches are (points, variables).
"""

import argparse
import json
import math
import statistics
import struct
import sys

import numpy as np

LN_2PI = math.log(2 * math.pi)


class NumPy:
    """The operations that the model needs, by NumPy."""

    exp, log, log1p, sqrt, tanh, where = np.exp, np.log, np.log1p, np.sqrt, np.tanh, np.where
    abs, maximum, minimum, cumsum, stack = np.abs, np.maximum, np.minimum, np.cumsum, np.stack
    erfc = np.vectorize(math.erfc, otypes=[float])
    lgamma = np.vectorize(math.lgamma, otypes=[float])
    # The quantile of the standard normal, for probabilities up to a half.
    quantile = np.vectorize(lambda p: statistics.NormalDist().inv_cdf(max(p, 1e-300)), otypes=[float])

    @staticmethod
    def constant(values, _like):
        return np.asarray(values, dtype=np.float64)

    @staticmethod
    def sum(x, axis):
        return x.sum(axis)

    @staticmethod
    def largest(x):
        return x.max(-1, keepdims=True)

    @staticmethod
    def take(x, index):
        return np.take_along_axis(x, index[:, None], 1)[:, 0]

    @staticmethod
    def index(mask):
        return mask.sum(-1)


def torch_operations():
    """The same, by PyTorch."""
    import torch

    class Torch:
        exp, log, log1p, sqrt, tanh, where = torch.exp, torch.log, torch.log1p, torch.sqrt, torch.tanh, torch.where
        abs, stack, erfc, lgamma = torch.abs, torch.stack, torch.special.erfc, torch.lgamma
        quantile = staticmethod(torch.special.ndtri)

        @staticmethod
        def maximum(x, y):
            return x.clamp(min=y)

        @staticmethod
        def minimum(x, y):
            return x.clamp(max=y)

        @staticmethod
        def cumsum(x, axis):
            return torch.cumsum(x, axis)

        @staticmethod
        def constant(values, like):
            return torch.as_tensor(values, dtype=like.dtype, device=like.device)

        @staticmethod
        def sum(x, axis):
            return x.sum(axis)

        @staticmethod
        def largest(x):
            return x.max(-1, keepdim=True).values

        @staticmethod
        def take(x, index):
            return torch.gather(x, 1, index[:, None])[:, 0]

        @staticmethod
        def index(mask):
            return mask.sum(-1)

    return Torch


def log_normal(u):
    return -0.5 * (u * u + LN_2PI)


def log_sum_exp(ops, x):
    most = ops.largest(x)
    return ops.log(ops.sum(ops.exp(x - most), -1)) + most[..., 0]


def bounded(ops, raw, bound):
    """A log-scale that stays within a bound."""
    return raw if bound is None else raw / (1 + ops.abs(raw) / bound)


TRAINED_BOUND = 6.907755278982137


# Elementwise maps. `theta` is (points, parameters), `value` is (points,); each gives the value on the other side and ln of the slope.


def additive(ops, spec, theta, value, forward):
    return value + theta[:, 0] if forward else value - theta[:, 0], 0 * value


def affine(ops, spec, theta, value, forward):
    shift, alpha = theta[:, 0], bounded(ops, theta[:, 1], spec["bound"])
    if spec["shift_first"]:
        out = (value + shift) * ops.exp(alpha) if forward else value * ops.exp(-alpha) - shift
    else:
        out = value * ops.exp(alpha) + shift if forward else (value - shift) * ops.exp(-alpha)
    return out, alpha if forward else -alpha


def spline(ops, spec, theta, value, forward):
    """A rational-quadratic spline from data to base (Durkan et al., "Neural spline flows", 2019)."""
    bins, bound, least = spec["bins"], spec["bound"], 1e-3

    def sizes(logits):
        weights = ops.exp(logits - ops.largest(logits))
        return 2 * bound * (least + (1 - least * bins) * weights / ops.sum(weights, -1)[:, None])

    widths, heights = sizes(theta[:, :bins]), sizes(theta[:, bins : 2 * bins])
    raw = theta[:, 2 * bins :] + 0.539742417236952
    inner = least + ops.log1p(ops.exp(-ops.abs(raw))) + ops.maximum(raw, 0.0)
    one = 0 * theta[:, :1] + 1
    zero = one - 1
    join = np.concatenate if ops is NumPy else __import__("torch").cat
    slopes = join([one, inner, one], 1)
    left = join([zero, ops.cumsum(widths, 1)], 1) - bound
    low = join([zero, ops.cumsum(heights, 1)], 1) - bound
    inside = (value > -bound) & (value < bound)
    safe = ops.where(inside, value, 0 * value)
    knots = low if forward else left
    k = ops.index(knots[:, 1:-1] <= safe[:, None])
    x, y = ops.take(left, k), ops.take(low, k)
    w, h = ops.take(widths, k), ops.take(heights, k)
    d0, d1, s = ops.take(slopes, k), ops.take(slopes, k + 1), h / w
    if forward:
        rise = safe - y
        bend = d0 + d1 - 2 * s
        a, b, c = h * (s - d0) + rise * bend, h * d0 - rise * bend, -s * rise
        xi = 2 * c / (-b - ops.sqrt(ops.maximum(b * b - 4 * a * c, 0.0)))
    else:
        xi = (safe - x) / w
    xi = ops.minimum(ops.maximum(xi, 0.0), 1.0)
    q = xi * (1 - xi)
    below = s + (d0 + d1 - 2 * s) * q
    above = d1 * xi * xi + 2 * s * q + d0 * (1 - xi) ** 2
    log_slope = 2 * ops.log(s) + ops.log(above) - 2 * ops.log(below)
    out = x + w * xi if forward else y + h * (s * xi * xi + d0 * q) / below
    return ops.where(inside, out, value), ops.where(inside, -log_slope if forward else log_slope, 0 * value)


# Conditional densities as maps: u = Phi^-1(F(x)). Each gives ln p(x), the smaller tail of F, and whether that is the upper one.


def mixture(ops, spec, theta, x):
    k = spec["components"]
    start = ops.constant([0.0 if k == 1 else 3 * i / (k - 1) - 1.5 for i in range(k)], theta)
    logits = theta[:, :k]
    log_weight = logits - log_sum_exp(ops, logits)[:, None]
    log_deviation = bounded(ops, theta[:, 2 * k :], TRAINED_BOUND) - (0 if k == 1 else math.log(2))
    z = (x[:, None] - theta[:, k : 2 * k] - start) * ops.exp(-log_deviation)
    log_density = log_sum_exp(ops, log_weight + log_normal(z) - log_deviation)
    below = ops.sum(ops.exp(log_weight) * 0.5 * ops.erfc(-z / math.sqrt(2)), -1)
    above = ops.sum(ops.exp(log_weight) * 0.5 * ops.erfc(z / math.sqrt(2)), -1)
    return log_density, ops.where(below <= 0.5, below, above), below > 0.5


def laplace(ops, spec, theta, x):
    log_width = bounded(ops, theta[:, 1], TRAINED_BOUND)
    z = (x - theta[:, 0]) * ops.exp(-log_width)
    log = -ops.abs(z) - math.log(2)
    return log - log_width, ops.exp(log), z > 0


def student_t(ops, spec, theta, x):
    log_width = bounded(ops, theta[:, 1], TRAINED_BOUND)
    degrees = ops.exp(math.log(5) + bounded(ops, theta[:, 2], 2.5))
    z = (x - theta[:, 0]) * ops.exp(-log_width)
    log_density = (
        ops.lgamma(0.5 * (degrees + 1))
        - ops.lgamma(0.5 * degrees)
        - 0.5 * ops.log(math.pi * degrees)
        - 0.5 * (degrees + 1) * ops.log1p(z * z / degrees)
    )
    tail = 0.5 * incomplete_beta(ops, 0.5 * degrees, degrees / (degrees + z * z))
    return log_density - log_width, tail, z > 0


def incomplete_beta(ops, a, x):
    """I_x(a, 1/2), by the continued fraction on the side where it is fast (Press et al., "Numerical recipes", section 6.4)."""
    b = 0 * a + 0.5
    swapped = x > (a + 1) / (a + b + 2)
    p, q, y = ops.where(swapped, b, a), ops.where(swapped, a, b), ops.where(swapped, 1 - x, x)
    y = ops.maximum(y, 1e-300)
    front = ops.exp(
        ops.lgamma(p + q) - ops.lgamma(p) - ops.lgamma(q) + p * ops.log(y) + q * ops.log1p(-ops.minimum(y, 1 - 1e-16))
    )
    c, d = 0 * y + 1, 1 / (1 - (p + q) * y / (p + 1))
    h = d
    for m in range(1, 120):
        even = m * (q - m) * y / ((p + 2 * m - 1) * (p + 2 * m))
        d, c = 1 / (1 + even * d), 1 + even / c
        h = h * d * c
        odd = -(p + m) * (p + q + m) * y / ((p + 2 * m) * (p + 2 * m + 1))
        d, c = 1 / (1 + odd * d), 1 + odd / c
        h = h * d * c
    value = front * h / p
    return ops.where(swapped, 1 - value, value)


def to_normal(density):
    """The elementwise map of a family of densities; from base to data by bisection."""

    def inverse(ops, spec, theta, x):
        log_density, tail, upper = density(ops, spec, theta, x)
        u = ops.quantile(tail)
        u = ops.where(upper, -u, u)
        return u, log_density - log_normal(u)

    def mapped(ops, spec, theta, value, forward):
        if not forward:
            return inverse(ops, spec, theta, value)
        low, high = 0 * value - 1.0, 0 * value + 1.0
        for _ in range(60):
            low = ops.where(inverse(ops, spec, theta, low)[0] > value, 2 * low, low)
            high = ops.where(inverse(ops, spec, theta, high)[0] < value, 2 * high, high)
        for _ in range(80):
            middle = 0.5 * (low + high)
            under = inverse(ops, spec, theta, middle)[0] < value
            low, high = ops.where(under, middle, low), ops.where(under, high, middle)
        x = 0.5 * (low + high)
        return x, -inverse(ops, spec, theta, x)[1]

    return mapped


MAPS = {
    "additive": additive,
    "affine": affine,
    "spline": spline,
    "mixture": to_normal(mixture),
    "laplace": to_normal(laplace),
    "student-t": to_normal(student_t),
}


def parameters_of(spec):
    kind = spec["kind"]
    if kind == "spline":
        return 3 * spec["bins"] - 1
    if kind == "mixture":
        return 3 * spec["components"]
    return {"additive": 1, "affine": 2, "laplace": 2, "student-t": 3}[kind]


def masks(part):
    """Which edges each linear layer of a masked network has (Germain et al., "MADE", 2015); None: all."""
    if not part["autoregressive"]:
        return [None] * (len(part["hidden"]) + 1)
    dim = len(part["rank"])
    below = np.array([rank + 1 for rank in part["rank"]])
    layers = []
    for units in part["hidden"]:
        degrees = np.array([1 + unit * (dim - 1) // units for unit in range(units)])
        layers.append(degrees[:, None] >= below[None, :])
        below = degrees
    counts = [parameters_of(spec) for spec in part["maps"]]
    outputs = np.repeat([rank + 1 for rank in part["rank"]], counts)
    layers.append(outputs[:, None] > below[None, :])
    return layers


class Model:
    """A flow, or several that differ in their ordering and are averaged, with one list of parameters."""

    def __init__(self, description, parameters, ops=NumPy, experiment=None, step=0):
        self.description, self.parameters, self.ops = description, parameters, ops
        self.experiment, self.step = experiment, step
        self.dim = description["dim"]

    @classmethod
    def load(cls, path):
        """From a .safetensors file that the page saved."""
        with open(path, "rb") as file:
            length = struct.unpack("<Q", file.read(8))[0]
            header = json.loads(file.read(length))
            numbers = file.read()
        metadata = header.get("__metadata__", {})
        if "flow" not in metadata:
            raise SystemExit(f"{path} does not say what its parameters mean: open it in Density Playground and save it again.")
        start, end = header["parameters"]["data_offsets"]
        parameters = np.frombuffer(numbers[start:end], dtype="<f4").astype(np.float64)
        return cls(json.loads(metadata["flow"]), parameters, NumPy, json.loads(metadata["experiment"]), int(metadata["step"]))

    def _rows(self, at, rows, columns):
        return self.parameters[at : at + rows * columns].reshape(rows, columns)

    def _activate(self, part, x):
        if part["activation"] == "silu":
            return x / (1 + self.ops.exp(-x))
        return self.ops.tanh(x) if part["activation"] == "tanh" else self.ops.maximum(x, 0.0)

    def _slope(self, part, x):
        """The activation's derivative."""
        if part["activation"] == "silu":
            share = 1 / (1 + self.ops.exp(-x))
            return share * (1 + x * (1 - share))
        if part["activation"] == "tanh":
            return 1 - self.ops.tanh(x) ** 2
        return self.ops.where(x > 0, 0 * x + 1, 0 * x)

    def _theta(self, part, read):
        """The parameters of the maps, (points, all of them), from the variables that the network reads."""
        at = part["at"]
        if part["shared_weights"]:
            return self._nade(part, read)
        sizes = [read.shape[1], *part["hidden"], sum(parameters_of(spec) for spec in part["maps"])]
        out = read
        for layer, (inputs, outputs, mask) in enumerate(zip(sizes, sizes[1:], masks(part))):
            weight = self._rows(at, outputs, inputs)
            if mask is not None:
                weight = weight * self.ops.constant(mask.astype(float), weight)
            bias = self.parameters[at + outputs * inputs : at + outputs * (inputs + 1)]
            at += outputs * (inputs + 1)
            out = out @ weight.T + bias
            if layer + 2 < len(sizes):
                out = self._activate(part, out)
        return out

    def _nade(self, part, read):
        """Weights that all conditionals share, and a running sum (Larochelle and Murray, 2011)."""
        at, dim, units = part["at"], self.dim, part["hidden"][0]
        counts = [parameters_of(spec) for spec in part["maps"]]
        shared = self._rows(at, dim, units)
        total = 0 * read[:, :1] + self.parameters[at + dim * units : at + (dim + 1) * units][None, :]
        thetas = [None] * dim
        for variable in sorted(range(dim), key=lambda v: part["rank"][v]):
            begin = at + (dim + 1) * units + sum(counts[:variable]) * (units + 1)
            weight = self._rows(begin, counts[variable], units)
            bias = self.parameters[begin + counts[variable] * units : begin + counts[variable] * (units + 1)]
            thetas[variable] = self._activate(part, total) @ weight.T + bias
            total = total + read[:, variable : variable + 1] * shared[variable][None, :]
        return np.concatenate(thetas, 1) if self.ops is NumPy else __import__("torch").cat(thetas, 1)

    def _masked(self, part, x, forward):
        rank = part["rank"]
        auto = part["autoregressive"]
        moved = [i for i in range(self.dim) if auto or rank[i] == 1]
        read = [i for i in range(self.dim) if auto or rank[i] == 0]
        offsets = np.cumsum([0] + [parameters_of(spec) for spec in part["maps"]])
        columns, out = [x[:, i] for i in range(self.dim)], [x[:, i] for i in range(self.dim)]
        log_det = 0 * x[:, 0]
        at_once = not auto or (part["reads"] == "data") != forward
        for stage in [None] if at_once else range(self.dim):
            # What is read is known from the start, or generated variable by variable.
            source = columns if at_once else out
            theta = self._theta(part, self.ops.stack([source[i] for i in read], 1))
            for j, variable in enumerate(moved):
                if stage is not None and rank[variable] != stage:
                    continue
                spec = part["maps"][j]
                own = theta[:, offsets[j] : offsets[j + 1]]
                out[variable], log_slope = MAPS[spec["kind"]](self.ops, spec, own, columns[variable], forward)
                log_det = log_det + log_slope
        return self.ops.stack(out, 1), log_det

    def _velocity(self, part, x, time):
        """dx/dt at a time, and its divergence: a tangent goes along for each variable."""
        d, at = self.dim, part["at"]
        angles = [0.5 * math.pi * frequency * time for frequency in (1, 2, 4, 8)]
        features = self.ops.constant([math.sin(a) for a in angles] + [math.cos(a) for a in angles], x)
        sizes = [d + len(features), *part["hidden"], d]
        value, tangents = None, None
        for layer, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
            weight = self._rows(at, outputs, inputs)
            bias = self.parameters[at + outputs * inputs : at + outputs * (inputs + 1)]
            at += outputs * (inputs + 1)
            if layer == 0:
                value = x @ weight[:, :d].T + (weight[:, d:] @ features + bias)
                tangents = [0 * value + weight[:, i] for i in range(d)]
            else:
                value = value @ weight.T + bias
                tangents = [tangent @ weight.T for tangent in tangents]
            if layer + 2 < len(sizes):
                slope = self._slope(part, value)
                tangents = [tangent * slope for tangent in tangents]
                value = self._activate(part, value)
        by_place, by_network = 0.0, 1.0
        if part["path"] == "variance-preserving":
            by_network, angle = -part["widest"], (1 - time) * part["widest"]
            if part["prediction"] == "noise":
                by_place = part["widest"] * math.tan(angle)
                by_network /= math.cos(angle)
        divergence = sum(tangents[i][:, i] for i in range(d))
        return by_place * x + by_network * value, by_place * d + by_network * divergence

    def _solve(self, part, x, forward):
        """One step of a flow in continuous time (Chen et al., "Neural ordinary differential equations", 2018)."""
        stages = {
            "euler": [(0, 1)],
            "midpoint": [(0, 0), (1 / 2, 1)],
            "runge-kutta": [(0, 1 / 6), (1 / 2, 1 / 3), (1 / 2, 1 / 3), (1, 1 / 6)],
        }
        start, end = (part["from"], part["to"]) if forward else (part["to"], part["from"])
        length, out, log_det, velocity = end - start, x, 0 * x[:, 0], 0 * x
        for reach, weight in stages[part["solver"]]:
            velocity, divergence = self._velocity(part, x + length * reach * velocity, start + length * reach)
            out, log_det = out + length * weight * velocity, log_det + length * weight * divergence
        return out, log_det

    def _apply(self, part, x, forward):
        ops, kind, d = self.ops, part["kind"], self.dim
        if kind == "masked":
            return self._masked(part, x, forward)
        if kind == "standardise":
            mean, deviation = ops.constant(part["mean"], x), ops.constant(part["deviation"], x)
            volume = sum(math.log(v) for v in part["deviation"]) + 0 * x[:, 0]
            return (mean + x * deviation, volume) if forward else ((x - mean) / deviation, -volume)
        if kind == "ode-step":
            return self._solve(part, x, forward)
        own = self.parameters[part["at"] :]
        if kind == "scaling":
            shift = own[d : 2 * d] if part["shifted"] else 0 * own[:d]
            volume = ops.sum(own[:d], 0) + 0 * x[:, 0]
            return (x * ops.exp(own[:d]) + shift, volume) if forward else ((x - shift) * ops.exp(-own[:d]), -volume)
        if kind == "batch-norm":
            log_scale = own[:d] - 0.5 * ops.log(own[3 * d : 4 * d] + 1e-5)
            volume = ops.sum(log_scale, 0) + 0 * x[:, 0]
            if forward:
                return (x - own[d : 2 * d]) * ops.exp(-log_scale) + own[2 * d : 3 * d], -volume
            return (x - own[2 * d : 3 * d]) * ops.exp(log_scale) + own[d : 2 * d], volume
        if kind == "linear":
            return self._linear(part, own, x, forward)
        raise ValueError(f"a newer page saved this model: it has a part called {kind}")

    def _linear(self, part, own, x, forward):
        """x = P L (U + diag) u (Kingma and Dhariwal, "Glow", 2018)."""
        ops, d = self.ops, self.dim
        zero = 0 * own[0]
        lower = [[own[i * (i - 1) // 2 + j] if j < i else zero + (i == j) for j in range(d)] for i in range(d)]
        above = d * (d - 1) // 2
        scale = ops.exp(own[d * (d - 1) : d * d]) * ops.constant(part["signs"], own)
        upper = [
            [own[above + i * d - i * (i + 1) // 2 + j - i - 1] if j > i else (scale[i] if i == j else zero) for j in range(d)]
            for i in range(d)
        ]
        matrix = ops.stack([ops.stack(row, 0) for row in lower], 0) @ ops.stack([ops.stack(row, 0) for row in upper], 0)
        order = np.argsort(part["permutation"])
        volume = ops.sum(own[d * (d - 1) : d * d], 0) + 0 * x[:, 0]
        if forward:
            return (x @ matrix.T)[:, order.tolist()], volume
        inverse = np.linalg.inv(matrix) if ops is NumPy else __import__("torch").linalg.inv(matrix)
        return x[:, list(part["permutation"])] @ inverse.T, -volume

    def forward(self, u, flow=0):
        """Base to data: (x, ln |det dx/du|)."""
        log_det = 0 * u[:, 0]
        for part in self.description["flows"][flow]:
            u, own = self._apply(part, u, True)
            log_det = log_det + own
        return u, log_det

    def inverse(self, x, flow=0):
        """Data to base: (u, ln |det du/dx|)."""
        log_det = 0 * x[:, 0]
        for part in reversed(self.description["flows"][flow]):
            x, own = self._apply(part, x, False)
            log_det = log_det + own
        return x, log_det

    def _log_base(self, u, temperature):
        ops, base = self.ops, self.description["base"]
        if base["kind"] == "normal":
            return ops.sum(log_normal(u / temperature) - math.log(temperature), -1)
        if base["kind"] == "student-t":
            nu = base["degrees"]
            constant = math.lgamma((nu + 1) / 2) - math.lgamma(nu / 2) - 0.5 * math.log(nu * math.pi) - math.log(temperature)
            return ops.sum(constant - 0.5 * (nu + 1) * ops.log1p(u * u / (nu * temperature**2)), -1)
        means = self._means()
        z = (u[:, None, :] - means[None, :, :]) / (0.5 * temperature)
        each = ops.sum(log_normal(z) - math.log(0.5 * temperature), -1)
        return log_sum_exp(ops, each) - math.log(base["components"])

    def _means(self):
        return self._rows(self.description["base_at"], self.description["base"]["components"], self.dim)

    def log_prob(self, x, temperature=1.0):
        """ln p(x) in nats for points (points, variables)."""
        if self.ops is NumPy:
            x = np.asarray(x, dtype=np.float64)
        flows = range(len(self.description["flows"]))
        each = []
        for flow in flows:
            u, log_det = self.inverse(x, flow)
            each.append(self._log_base(u, temperature) + log_det)
        return log_sum_exp(self.ops, self.ops.stack(each, 1)) - math.log(len(each))

    def sample(self, count, temperature=1.0, seed=None):
        """Points (count, variables), drawn by NumPy's generator: not the page's own draws."""
        random = np.random.default_rng(seed)
        base = self.description["base"]
        if base["kind"] == "normal":
            u = temperature * random.standard_normal((count, self.dim))
        elif base["kind"] == "student-t":
            u = temperature * random.standard_t(base["degrees"], (count, self.dim))
        else:
            means = self._means() if self.ops is NumPy else self._means().detach().cpu().numpy()
            u = means[random.integers(base["components"], size=count)]
            u = u + 0.5 * temperature * random.standard_normal((count, self.dim))
        flow = random.integers(len(self.description["flows"]), size=count)
        x = np.empty_like(u)
        for index in range(len(self.description["flows"])):
            own = self.ops.constant(u[flow == index], self.parameters)
            x[flow == index] = np.asarray(self.forward(own, index)[0])
        return x

    def torch(self, dtype=None):
        """The same as a torch.nn.Module: `log_prob` can be differentiated, and its parameters trained."""
        import torch

        class Module(torch.nn.Module):
            def __init__(self, model):
                super().__init__()
                values = torch.as_tensor(model.parameters, dtype=dtype or torch.float64)
                self.flat = torch.nn.Parameter(values)
                self.model = Model(model.description, self.flat, torch_operations(), model.experiment, model.step)

            def log_prob(self, x, temperature=1.0):
                self.model.parameters = self.flat
                return self.model.log_prob(x, temperature)

            forward = log_prob

            def sample(self, count, temperature=1.0, seed=None):
                self.model.parameters = self.flat
                with torch.no_grad():
                    return torch.as_tensor(self.model.sample(count, temperature, seed), dtype=self.flat.dtype)

        return Module(self)


def main():
    parser = argparse.ArgumentParser(description="Density and samples of a model of Density Playground")
    parser.add_argument("model", help="a .safetensors file that the page saved")
    parser.add_argument("--samples", type=int, metavar="N", help="write N samples as CSV")
    parser.add_argument("--points", metavar="CSV", help="write log p(x) of each row; a heading is passed over")
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--seed", type=int)
    chosen = parser.parse_args()
    model = Model.load(chosen.model)
    if chosen.samples is not None:
        np.savetxt(sys.stdout, model.sample(chosen.samples, chosen.temperature, chosen.seed), "%.9g", ",")
    elif chosen.points is not None:
        with open(chosen.points) as file:
            rows = [line.strip() for line in file if line.strip()]
        if any(character.isalpha() and character not in "eE" for character in rows[0]):
            rows = rows[1:]
        points = np.array([[float(value) for value in row.split(",")] for row in rows])
        if points.shape[1] != model.dim:
            raise SystemExit(f"{chosen.points} has {points.shape[1]} columns; the model has {model.dim} variables.")
        np.savetxt(sys.stdout, model.log_prob(points, chosen.temperature), "%.9g")
    else:
        print(f"{model.dim} variables, {len(model.parameters)} parameters, trained for {model.step} steps")
        print(json.dumps(model.experiment, indent=2))


if __name__ == "__main__":
    main()
