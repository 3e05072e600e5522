//! One command, and what it cost.

use std::fmt;
use std::fs;
use std::path::Path;
use std::time::Instant;

use clap::Parser as _;
use kubectl_zk::cli::Cli;
use kubectl_zk::cluster::Cluster;
use kubectl_zk::error::Exit;
use kubectl_zk::ui::Ui;

use crate::recorded;
use crate::world;

/// How often a process runs it.
const TIMES: u8 = 9;

/// What a command cost.
#[derive(Clone, Copy)]
pub(crate) struct Measured {
    /// Milliseconds.
    time: f64,
    /// Milliseconds of this process on a processor.
    cpu: f64,
    /// The process's peak, in MB.
    memory: f64,
    /// That before the command ran.
    before: f64,
}

/// Measures `status -A`, answered from a directory: the memory of the first, the times of all.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn status(ensembles: usize, answers: &Path, format: &str) -> Measured {
    let api = recorded::player(answers.to_owned());
    let cluster = recorded::cluster(api, world::servers(ensembles));
    let (before, cpu) = (memory(), processor());
    let mut times = vec![timed(&cluster, ensembles, format).await];
    let peak = memory();
    for _ in 1..TIMES {
        times.push(timed(&cluster, ensembles, format).await);
    }
    times.sort_by(f64::total_cmp);
    Measured {
        time: times[times.len() / 2],
        cpu: (processor() - cpu) / f64::from(TIMES),
        memory: peak,
        before,
    }
}

/// How many milliseconds one takes.
async fn timed(cluster: &Cluster, ensembles: usize, format: &str) -> f64 {
    let began = Instant::now();
    let text = run(cluster.clone(), format).await;
    let time = began.elapsed().as_secs_f64() * 1000.0;
    let healthy = text.matches("healthy").count();
    assert!(ensembles <= healthy, "{healthy} are healthy: {text}");
    time
}

/// What `status -A` prints.
pub(crate) async fn run(cluster: Cluster, format: &str) -> String {
    let words = ["kubectl-zk", "status", "-A", "-o", format];
    let cli = Cli::try_parse_from(words).unwrap();
    let (ui, capture) = Ui::capture_with(cli.ui_options());
    let exit = cli.run(&ui, async |_| Ok(cluster)).await;
    assert_eq!(exit, Exit::Success, "{}", capture.stderr());
    capture.stdout()
}

impl Measured {
    /// The median of each number.
    pub(crate) fn median(all: &[Self]) -> Self {
        let median = |number: fn(&Self) -> f64| {
            let mut numbers: Vec<f64> = all.iter().map(number).collect();
            numbers.sort_by(f64::total_cmp);
            numbers[numbers.len() / 2]
        };
        Self {
            time: median(|it| it.time),
            cpu: median(|it| it.cpu),
            memory: median(|it| it.memory),
            before: median(|it| it.before),
        }
    }

    /// As it is printed.
    pub(crate) fn read(line: &str) -> Self {
        let numbers: Vec<f64> = line
            .split_whitespace()
            .map(|it| it.parse().unwrap())
            .collect();
        let [time, cpu, memory, before] = numbers[..] else {
            panic!("no measurement: {line:?}")
        };
        Self {
            time,
            cpu,
            memory,
            before,
        }
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            time,
            cpu,
            memory,
            before,
        } = self;
        write!(f, "{time:.1} {cpu:.0} {memory:.1} {before:.1}")
    }
}

/// The most memory that this process had so far, in MB.
fn memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib: f64 = line
        .unwrap()
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .unwrap();
    kib * 1024.0 / 1e6
}

/// How long this process was on a processor so far, in milliseconds: the kernel counts hundredths of a second.
fn processor() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let (_, fields) = stat.rsplit_once(") ").unwrap();
    let ticks = fields.split(' ').skip(11).take(2);
    ticks
        .map(|ticks| ticks.parse::<f64>().unwrap() * 10.0)
        .sum()
}
