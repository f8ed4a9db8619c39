# {title}, as {shards} tasks of Ray. `allies` and the experiment's files are on every node, and the folder is shared.
#   ray job submit --working-dir . -- python THIS-FILE
import subprocess

import ray

EXPERIMENT, OUT, SHARDS = {experiment_json}, {out_json}, {shards}


@ray.remote(num_cpus=1, max_retries=5, retry_exceptions=[subprocess.CalledProcessError])
def shard(which):
    command = ["allies", "experiment", EXPERIMENT, "--out", OUT, "--shard", which, "--threads", "1", "--quiet"]
    subprocess.run(command, check=True)
    return which


def missing():
    command = ["allies", "collect", OUT, "--missing", "list", "--shards", str(SHARDS)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode > 1:
        raise SystemExit(done.returncode)
    return done.stdout.split()


ray.init()
left = [f"{k}/{SHARDS}" for k in range(1, SHARDS + 1)]
while left:  # once, and once a round more in an experiment with `stop` or `calibration`
    tasks = [shard.remote(which) for which in left]
    while tasks:
        done, tasks = ray.wait(tasks)
        ray.get(done)
    left = missing()
subprocess.run(["allies", "collect", OUT], check=True)
