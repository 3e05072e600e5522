//! Durations and amounts of bytes as kubectl shows them. Knows numbers alone; reads no clock.

use jiff::SignedDuration;

/// How long something has lasted, as kubectl's AGE: `5s`, `5m30s`, `3h12m`, `5d3h`; `<unknown>` where nobody knows.
///
/// The rule is `duration.HumanDuration` of k8s.io/apimachinery, digit for digit.
pub fn age(elapsed: Option<SignedDuration>) -> String {
    match elapsed {
        None => "<unknown>".to_owned(),
        Some(elapsed) => match elapsed.as_secs() {
            ..-1 => "<invalid>".to_owned(),
            -1 => "0s".to_owned(),
            seconds => duration(seconds),
        },
    }
}

fn duration(seconds: i64) -> String {
    let (minutes, hours) = (seconds / 60, seconds / 3600);
    let (days, years) = (hours / 24, hours / 24 / 365);
    if seconds < 120 {
        format!("{seconds}s")
    } else if minutes < 10 {
        two((minutes, "m"), (seconds % 60, "s"))
    } else if minutes < 180 {
        format!("{minutes}m")
    } else if hours < 8 {
        two((hours, "h"), (minutes % 60, "m"))
    } else if hours < 48 {
        format!("{hours}h")
    } else if days < 8 {
        two((days, "d"), (hours % 24, "h"))
    } else if years < 2 {
        format!("{days}d")
    } else if years < 8 {
        two((years, "y"), (days % 365, "d"))
    } else {
        format!("{years}y")
    }
}

fn two(large: (i64, &str), small: (i64, &str)) -> String {
    match small.0 {
        0 => format!("{}{}", large.0, large.1),
        _ => format!("{}{}{}{}", large.0, large.1, small.0, small.1),
    }
}

/// An amount of bytes in Kubernetes' binary units, to one decimal: `512`, `1Ki`, `1.5Gi`.
pub fn bytes(amount: u64) -> String {
    const UNITS: [&str; 7] = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    let in_tenths = |unit: usize| {
        let size = 1_u128 << (10 * unit);
        (u128::from(amount) * 10 + size / 2) / size
    };
    // After rounding, so that 1023.96Ki is 1Mi and not 1024Ki.
    let unit = (0..UNITS.len())
        .find(|&unit| in_tenths(unit) < 10_240)
        .unwrap_or(0);
    let tenths = in_tenths(unit);
    match tenths % 10 {
        0 => format!("{}{}", tenths / 10, UNITS[unit]),
        rest => format!("{}.{rest}{}", tenths / 10, UNITS[unit]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    const YEAR: i64 = 365 * DAY;

    #[test]
    fn unknown_is_said_so() {
        assert_eq!(age(None), "<unknown>");
    }

    /// The table of apimachinery's own `duration_test.go`, to the millisecond.
    #[test]
    fn durations_are_kubernetes_own() {
        for (seconds, shown) in [
            (1, "1s"),
            (70, "70s"),
            (190, "3m10s"),
            (70 * MINUTE, "70m"),
            (47 * HOUR, "47h"),
            (49 * HOUR, "2d1h"),
            (8 * DAY + 2 * HOUR, "8d"),
            (367 * DAY, "367d"),
            (2 * YEAR + 25 * HOUR, "2y1d"),
            (8 * YEAR + 2 * HOUR, "8y"),
            (-2, "<invalid>"),
            (0, "0s"),
            (2 * MINUTE, "2m"),
            (2 * MINUTE + 1, "2m1s"),
            (10 * MINUTE, "10m"),
            (10 * MINUTE + 1, "10m"),
            (3 * HOUR, "3h"),
            (3 * HOUR + MINUTE, "3h1m"),
            (8 * HOUR, "8h"),
            (8 * HOUR + 59 * MINUTE, "8h"),
            (2 * DAY, "2d"),
            (2 * DAY + HOUR, "2d1h"),
            (8 * DAY, "8d"),
            (8 * DAY + 23 * HOUR, "8d"),
            (2 * YEAR, "2y"),
            (2 * YEAR + 23 * HOUR + 59 * MINUTE, "2y"),
            (2 * YEAR + DAY, "2y1d"),
            (3 * YEAR, "3y"),
            (7 * YEAR, "7y"),
            (8 * YEAR, "8y"),
            (8 * YEAR + 364 * DAY, "8y"),
            (9 * YEAR, "9y"),
        ] {
            assert_eq!(
                age(Some(SignedDuration::from_secs(seconds))),
                shown,
                "{seconds}s"
            );
        }
        for (seconds, shown) in [
            (1, "0s"),
            (2 * MINUTE, "119s"),
            (10 * MINUTE, "9m59s"),
            (3 * HOUR, "179m"),
            (8 * HOUR, "7h59m"),
            (2 * DAY, "47h"),
            (8 * DAY, "7d23h"),
            (2 * YEAR, "729d"),
            (2 * YEAR + DAY, "2y"),
            (8 * YEAR, "7y364d"),
            (-1, "0s"),
        ] {
            let shortly_before = SignedDuration::from_millis(seconds * 1000 - 1);
            assert_eq!(age(Some(shortly_before)), shown, "1 ms before {seconds}s");
        }
    }

    #[test]
    fn bytes_in_binary_units() {
        for (amount, shown) in [
            (0, "0"),
            (512, "512"),
            (1023, "1023"),
            (1024, "1Ki"),
            (1536, "1.5Ki"),
            (1_048_524, "1023.9Ki"),
            (1_048_525, "1Mi"),
            (3 << 29, "1.5Gi"),
            (10 << 30, "10Gi"),
            (u64::MAX, "16Ei"),
        ] {
            assert_eq!(bytes(amount), shown, "{amount}");
        }
    }
}
