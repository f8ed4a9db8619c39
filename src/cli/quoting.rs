//! Words of a command as a shell takes them, so that what is shown can be pasted.

/// A word as a shell takes it.
pub(super) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=,+:@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// Changes of values as they are typed, each after a space.
pub(super) fn sets_quoted(sets: &[String]) -> String {
    sets.iter()
        .fold(String::new(), |words, set| words + " --set " + &quoted(set))
}
