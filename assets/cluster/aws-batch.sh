#!/bin/bash
# {title}, as an array job of {shards}. The job definition has an image with `allies` and mounts a file system that all
# jobs share (EFS) as the working folder; the experiment's files are there too. An array has 2 to 10,000 jobs.
aws batch submit-job --job-name {name} --job-queue YOUR-QUEUE --job-definition YOUR-DEFINITION \
    --array-properties size={shards} --retry-strategy attempts=5 \
    --container-overrides '{"command": ["allies", "experiment", {experiment_json}, "--out", {out_json}, "--shard", "auto", "--shards", "{shards}", "--threads", "1"]}'
# When all have ended, and again for the next round of `stop` or `calibration`: what prints nothing has nothing left.
#   allies collect {out} --missing list --shards {shards}
# Then:
#   allies collect {out}
