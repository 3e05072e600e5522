//! Sizes, quantities, durations and other numbers.

use crate::bad_input::refused;

#[tokio::test(start_paused = true)]
async fn sizes() {
    refused(&[
        ("create zk --replicas", "error: flag needs an argument: --replicas\nhint: see kubectl zk create --help"),
        ("create zk --replicas 0", r#"error: invalid argument "0" for "--replicas" flag: an ensemble has 1 to 9 voting servers, not "0""#),
        ("create zk --replicas 10", r#"error: invalid argument "10" for "--replicas" flag: an ensemble has 1 to 9 voting servers, not "10""#),
        ("create zk --replicas -1", r#"error: invalid argument "-1" for "--replicas" flag: an ensemble has 1 to 9 voting servers, not "-1""#),
        ("create zk --replicas +3", r#"error: invalid argument "+3" for "--replicas" flag: an ensemble has 1 to 9 voting servers, not "+3""#),
        ("create zk --replicas 3.0", r#"error: invalid argument "3.0" for "--replicas" flag: an ensemble has 1 to 9 voting servers, not "3.0""#),
        ("create zk --replicas three", r#"error: invalid argument "three" for "--replicas" flag: an ensemble has 1 to 9 voting servers, not "three""#),
        ("create zk --replicas ''", r#"error: invalid argument "" for "--replicas" flag: an ensemble has 1 to 9 voting servers, not """#),
        ("create zk --storage 0", r#"error: invalid argument "0" for "--storage" flag: "0" is not a quantity: a number above 0 with a suffix such as m, M, G, Mi or Gi"#),
        ("create zk --storage -1Gi", r#"error: invalid argument "-1Gi" for "--storage" flag: "-1Gi" is not a quantity: a number above 0 with a suffix such as m, M, G, Mi or Gi"#),
        ("create zk --storage 8gi", r#"error: invalid argument "8gi" for "--storage" flag: "8gi" is not a quantity: a number above 0 with a suffix such as m, M, G, Mi or Gi"#),
        ("create zk --storage 8GB", r#"error: invalid argument "8GB" for "--storage" flag: "8GB" is not a quantity: a number above 0 with a suffix such as m, M, G, Mi or Gi"#),
        ("create zk --storage ten", r#"error: invalid argument "ten" for "--storage" flag: "ten" is not a quantity: a number above 0 with a suffix such as m, M, G, Mi or Gi"#),
        ("create zk --storage 1e99", r#"error: invalid argument "1e99" for "--storage" flag: "1e99" is not a quantity: a number above 0 with a suffix such as m, M, G, Mi or Gi"#),
        ("create zk --memory 64Mi", "error: 64Mi of memory is too little for a server: at least 128Mi"),
        ("create zk --memory '1 Gi'", r#"error: invalid argument "1 Gi" for "--memory" flag: "1 Gi" is not a quantity: a number above 0 with a suffix such as m, M, G, Mi or Gi"#),
        ("create zk --heap 0", r#"error: invalid argument "0" for "--heap" flag: "0" is not a quantity: a number above 0 with a suffix such as m, M, G, Mi or Gi"#),
        ("create zk --memory 1Gi --heap 1Gi", "error: a heap of 1Gi leaves too little of 1Gi of memory for the JVM itself: at most 921Mi"),
        ("create zk --cpu half", r#"error: invalid argument "half" for "--cpu" flag: "half" is not a quantity: a number above 0 with a suffix such as m, M, G, Mi or Gi"#),
        ("create zk --cpu 2 --cpu-limit 1", "error: a CPU limit of 1 is below the request of 2"),
        ("create zk --run-as-user 0", r#"error: invalid argument "0" for "--run-as-user" flag: ZooKeeper does not run as root"#),
        ("create zk --run-as-user -5", r#"error: invalid argument "-5" for "--run-as-user" flag: a user id or none is expected"#),
        ("create zk --run-as-user root", r#"error: invalid argument "root" for "--run-as-user" flag: a user id or none is expected"#),
        ("create zk --timeout 5", r#"error: invalid argument "5" for "--timeout" flag: a duration has a unit: 90s, 5m, 1h30m"#),
        ("create zk --timeout -5m", r#"error: invalid argument "-5m" for "--timeout" flag: a duration is not negative"#),
        ("create zk --timeout soon", r#"error: invalid argument "soon" for "--timeout" flag: a duration has a unit: 90s, 5m, 1h30m"#),
        ("status --probe-timeout 0s", r#"error: invalid argument "0s" for "--probe-timeout" flag: a server needs more than no time to answer"#),
        ("status --chunk-size -1", r#"error: invalid argument "-1" for "--chunk-size" flag: a number from 0 on is expected"#),
        ("status --chunk-size many", r#"error: invalid argument "many" for "--chunk-size" flag: a number from 0 on is expected"#),
        ("status --request-timeout soon", r#"error: invalid argument "soon" for "--request-timeout" flag: a duration has a unit: 90s, 5m, 1h30m"#),
        ("status -v loud", r#"error: invalid argument "loud" for "--v" flag: a level is a number from 0 to 10"#),
        ("exec zk ruok --id 0", r#"error: invalid argument "0" for "--id" flag: a server id is a number from 1 to 255, not "0""#),
        ("exec zk ruok --id 256", r#"error: invalid argument "256" for "--id" flag: a server id is a number from 1 to 255, not "256""#),
        ("exec zk ruok --id -1", r#"error: invalid argument "-1" for "--id" flag: a server id is a number from 1 to 255, not "-1""#),
        ("exec zk ruok --id leader", r#"error: invalid argument "leader" for "--id" flag: a server id is a number from 1 to 255, not "leader""#),
        ("restart zk --id 0", r#"error: invalid argument "0" for "--id" flag: a server id is a number from 1 to 255, not "0""#),
        ("restart zk --id 1,2", r#"error: invalid argument "1,2" for "--id" flag: a server id is a number from 1 to 255, not "1,2""#),
        ("restart zk --timeout 5", r#"error: invalid argument "5" for "--timeout" flag: a duration has a unit: 90s, 5m, 1h30m"#),
        ("replace zk --id two", r#"error: invalid argument "two" for "--id" flag: a server id is a number from 1 to 255, not "two""#),
        ("update zk --memory lots", r#"error: invalid argument "lots" for "--memory" flag: "lots" is not a quantity: a number above 0 with a suffix such as m, M, G, Mi or Gi"#),
        ("update zk --storage 0", r#"error: invalid argument "0" for "--storage" flag: "0" is not a quantity: a number above 0 with a suffix such as m, M, G, Mi or Gi"#),
        ("diff zk --cpu half", r#"error: invalid argument "half" for "--cpu" flag: "half" is not a quantity: a number above 0 with a suffix such as m, M, G, Mi or Gi"#),
    ])
    .await;
}
