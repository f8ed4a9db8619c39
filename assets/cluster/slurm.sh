#!/bin/bash
# {title}, as an array of {shards} shards.
#   mkdir -p logs && sbatch THIS-FILE
# What is left when all tasks have ended, after a node has died or for the next round, in the same way; it prints
# nothing when nothing is left:
#   allies collect {out} --missing slurm --shards {shards}
#   sbatch --array=$(allies collect {out} --missing slurm --shards {shards}) THIS-FILE
# Then:
#   allies collect {out}
#SBATCH --job-name={name}
#SBATCH --array=0-{last}
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
#SBATCH --time=01:30:00
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:TERM@60
#SBATCH --output=logs/%A_%a.txt
exec allies experiment {experiment} --out {out} --shard auto --shards {shards} --threads 1
