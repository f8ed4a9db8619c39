//! Which part of an experiment among several a process does: as it was told, or as the engine of a cluster says.

/// Which part of an experiment a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShardArgument {
    /// This one of so many, from 1.
    Of(usize, usize),
    /// The one that the engine of a cluster says.
    Auto,
}

/// Variables in which engines say the number of a task, from 0. Who works inside another engine's job comes first.
const INDEX: [&str; 4] = [
    "HQ_TASK_ID",
    "JOB_COMPLETION_INDEX",
    "AWS_BATCH_JOB_ARRAY_INDEX",
    "SLURM_ARRAY_TASK_ID",
];

/// Reads "3/64" or "auto".
pub(super) fn parse(text: &str) -> Result<ShardArgument, String> {
    if text == "auto" {
        return Ok(ShardArgument::Auto);
    }
    let parts = text.split_once('/');
    let numbers = parts.and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
    match numbers {
        Some((k, n)) if k >= 1 && k <= n => Ok(ShardArgument::Of(k, n)),
        _ => Err("expected K/N with K from 1 to N, such as 3/64, or auto".to_owned()),
    }
}

/// Which shard of how many, from 1; or what is wrong with what was said of it.
pub(super) fn number(
    argument: ShardArgument,
    shards: Option<u32>,
) -> Result<(usize, usize), String> {
    let n = shards.map(|n| n as usize);
    match (argument, n) {
        (ShardArgument::Of(k, of), None) => Ok((k, of)),
        (ShardArgument::Of(_, of), Some(_)) => Err(format!(
            "--shards belongs to `--shard auto`; `--shard K/{of}` says it already"
        )),
        (ShardArgument::Auto, None) => Err(
            "`--shard auto` needs the number of shards: add --shards N, the same in every task"
                .to_owned(),
        ),
        (ShardArgument::Auto, Some(n)) => {
            let said = INDEX
                .into_iter()
                .find_map(|name| Some((name, std::env::var(name).ok()?)));
            let Some((name, value)) = said else {
                return Err(format!(
                    "`--shard auto` finds none of the variables {}; outside such an engine, say --shard K/{n}",
                    INDEX.join(", ")
                ));
            };
            match value.parse::<usize>() {
                Ok(index) if index < n => Ok((index + 1, n)),
                _ => Err(format!(
                    "{name} is {value:?}, and of {n} shards it must be a number from 0 to {}",
                    n - 1
                )),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_is_a_number_of_so_many() {
        assert_eq!(parse("3/64"), Ok(ShardArgument::Of(3, 64)));
        assert_eq!(parse("auto"), Ok(ShardArgument::Auto));
        for wrong in ["0/4", "5/4", "3", "/", "1/0", "a/b", "-1/4"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(number(ShardArgument::Of(3, 64), None), Ok((3, 64)));
        assert!(number(ShardArgument::Of(3, 64), Some(64)).is_err());
        assert!(number(ShardArgument::Auto, None).is_err());
    }
}
