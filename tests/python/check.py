"""Runs the script that the page gives away on a model and points, and writes what it says as JSON: for script.test.ts."""

import importlib.util
import json
import sys

import numpy as np

spec = importlib.util.spec_from_file_location("density_model", "www/files/density_model.py")
script = importlib.util.module_from_spec(spec)
spec.loader.exec_module(script)

job = json.load(sys.stdin)
model = script.Model.load(job["model"])
points, data = np.array(job["points"]), np.array(job["data"])
base, log_det = model.inverse(data)
back, back_log_det = model.forward(base)
samples = model.sample(2000, temperature=0.7, seed=1)
out = {
    "log_prob": model.log_prob(points, job["temperature"]).tolist(),
    "base": base.tolist(),
    "back": float(np.abs(back - data).max()),
    "log_dets": float(np.abs(log_det + back_log_det).max()),
    "spread": float(np.sqrt(((samples - samples.mean(0)) ** 2).sum(1).mean())),
}
try:
    import torch
except ImportError:
    out["torch"] = None
else:
    module = model.torch()
    value = module.log_prob(torch.as_tensor(points), job["temperature"])
    likely = value[value > -50]
    likely.mean().backward()
    out["torch"] = {
        "log_prob": value.detach().tolist(),
        "gradient": bool(torch.isfinite(module.flat.grad).all()),
        "samples": list(module.sample(10, seed=2).shape),
    }
json.dump(out, sys.stdout)
