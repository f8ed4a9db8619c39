#!/bin/bash
# {title}, as {shards} tasks of HyperQueue on nodes that it asks Slurm for.
# The server remembers what is done in the journal: keep it, and start the server with the same one after a stop.
set -e
hq server start --journal hq.journal &
sleep 2
hq alloc add slurm --time-limit 2h --backlog 4 --max-worker-count 50
tasks=0-{last}
while [ -n "$tasks" ]; do
    hq submit --wait --array "$tasks" --cpus 1 --crash-limit 10 --stdout none --stderr none -- \
        allies experiment {experiment} --out {out} --shard auto --shards {shards} --threads 1 || true
    before=$tasks
    # what has failed, or the next round
    tasks=$(allies collect {out} --missing slurm --shards {shards}) || [ "$tasks" != "$before" ] ||
        { echo "nothing was done: look at one task without --stderr none" >&2; exit 1; }
done
allies collect {out}
