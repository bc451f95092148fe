"""Serves a model file over the OpenAI wire format on loopback, with one thread, until it is ended.

    serve.py MODEL.gguf NAME PORT
"""

import os
import signal
import sys
import time

import xllamacpp

path, name, port = sys.argv[1:4]
settings = xllamacpp.CommonParams()
settings.model.path = path
settings.model_alias = name if isinstance(settings.model_alias, str) else {name}
settings.hostnames = ["127.0.0.1"]
settings.port = int(port)
settings.n_ctx = 4096
settings.n_parallel = 1
settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = 1
settings.n_gpu_layers = 0
settings.fit_params = False
settings.use_jinja = True
settings.sampling.seed = 42
server = xllamacpp.Server(settings)
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
while True:
    time.sleep(1)
