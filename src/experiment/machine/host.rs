//! What the machine says of itself and of this process, for the marks of parts. Nothing here can change a result.
//!
//! Read from `/proc`, so that on other systems it is missing.

use std::fs;

/// This machine's name.
pub(in crate::experiment) fn host() -> String {
    let named = fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let named = named.or_else(|| std::env::var("HOSTNAME").ok());
    let name: String = named.unwrap_or_default().trim().chars().take(60).collect();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    if !name.is_empty() && name.chars().all(plain) {
        name
    } else {
        "machine".to_owned()
    }
}

/// The processor's name; empty where the system does not tell.
pub(in crate::experiment) fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    value_of(&text, "model name").unwrap_or_default().to_owned()
}

/// Most memory that this process has held so far [bytes].
pub(in crate::experiment) fn peak_memory() -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes = value_of(&text, "VmHWM")?.strip_suffix("kB")?.trim();
    Some(kilobytes.parse::<u64>().ok()? * 1024)
}

/// CPU time of this thread so far, or of all threads that there are [seconds].
pub(in crate::experiment) fn cpu_seconds(whole: bool) -> Option<f64> {
    if !whole {
        return on_processor(&fs::read_to_string("/proc/thread-self/schedstat").ok()?);
    }
    let mut sum = 0.0;
    for thread in fs::read_dir("/proc/self/task").ok()? {
        // a thread may end meanwhile
        let text = fs::read_to_string(thread.ok()?.path().join("schedstat"));
        sum += text
            .ok()
            .and_then(|text| on_processor(&text))
            .unwrap_or(0.0);
    }
    Some(sum)
}

/// CPU time that this process has used, with that of its threads that have ended, to a hundredth [seconds].
pub(in crate::experiment) fn process_seconds() -> Option<f64> {
    // the hundredth of a second that Linux counts in on every machine of today
    const TICK: f64 = 0.01;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = &stat[stat.rfind(')')? + 1..];
    let ticks: Vec<&str> = after_name.split_whitespace().collect();
    let (user, system): (f64, f64) = (ticks.get(11)?.parse().ok()?, ticks.get(12)?.parse().ok()?);
    Some((user + system) * TICK)
}

/// The first number of a scheduler's statistics, which counts nanoseconds on a processor, in seconds.
fn on_processor(text: &str) -> Option<f64> {
    let nanoseconds: u64 = text.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds as f64 * 1e-9)
}

/// The value of the first line `name: value`.
fn value_of<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        (found.trim() == name).then(|| value.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_off_their_lines() {
        let text = "VmPeak:\t  9 kB\nVmHWM:\t  1024 kB\nmodel name\t: A: B\n";
        assert_eq!(value_of(text, "VmHWM"), Some("1024 kB"));
        assert_eq!(value_of(text, "model name"), Some("A: B"));
        assert_eq!(value_of(text, "Vm"), None);
        assert_eq!(on_processor("2500000000 17 3\n"), Some(2.5));
        assert_eq!(on_processor(""), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn work_takes_cpu_time_of_the_thread_that_does_it() {
        let before = cpu_seconds(false).unwrap();
        let mut x = 1_u64;
        while cpu_seconds(false).unwrap() < before + 0.01 {
            for _ in 0..10_000 {
                x = std::hint::black_box(x.wrapping_mul(3));
            }
        }
        assert!(cpu_seconds(true).unwrap() >= 0.01);
        assert!(peak_memory().unwrap() > 1 << 20);
    }
}
