#!/bin/bash
# {title}, as {shards} jobs of GNU parallel on this machine; with --sshloginfile hosts on several that share the folder.
seq 1 {shards} | parallel --joblog parallel.log --resume --retries 3 --halt soon,fail=10 \
    allies experiment {experiment} --out {out} --shard {}/{shards} --threads 1
# what is left, after a failure or for the next round; it prints nothing when nothing is left:
#   allies collect {out} --missing list --shards {shards} |
#       parallel allies experiment {experiment} --out {out} --shard {} --threads 1
allies collect {out}
