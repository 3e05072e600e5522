//! `status` of ensembles that are well, in every format.

mod hurt;
mod list;
mod node;

use crate::fake::World;

#[tokio::test(start_paused = true)]
async fn healthy() {
    let world = World::with_zk().await;
    insta::assert_snapshot!(world.zk("status zk").await, @r"
    exit 0
    --- stdout
    healthy · leader 2 · 3 of 3 voters in sync · survives 1 more failure

    SERVER   ROLE       STATE     POD             NODE     LAG   CLIENTS   LATENCY   AGE
    1        follower   serving   zk-server-1-0   node-1   0     1         3.7ms     3d1h
    2        leader     serving   zk-server-2-0   node-2   0     1         11.0ms    3d1h
    3        follower   serving   zk-server-3-0   node-3   0     1         3.7ms     3d1h
    --- stderr
    ");
    insta::assert_snapshot!(world.api.log(), @r"
    list pods labelSelector=name=zookeeper-pod,instance=zk
    list configmaps labelSelector=managed-by=kubectl-zk,instance=zk
    list statefulsets labelSelector=managed-by=kubectl-zk,instance=zk
    list persistentvolumeclaims labelSelector=managed-by=kubectl-zk,instance=zk
    list services labelSelector=managed-by=kubectl-zk,instance=zk
    list poddisruptionbudgets labelSelector=managed-by=kubectl-zk,instance=zk
    ");
    let asked = world.zoo.asked();
    let since: Vec<&String> = asked.iter().rev().take(7).collect();
    assert_eq!(
        since.iter().filter(|asked| asked.ends_with("mntr")).count(),
        1,
        "{since:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn wide() {
    let world = World::with_zk().await;
    insta::assert_snapshot!(world.zk("status zk -o wide").await.succeeded().stdout, @r"
    healthy · leader 2 · 3 of 3 voters in sync · survives 1 more failure

    SERVER   ROLE       STATE     POD             NODE     LAG   CLIENTS   LATENCY   AGE    ZXID          EPOCH   OUTSTANDING   WATCHES   ZNODES   DATA   VERSION   UPTIME   DISK
    1        follower   serving   zk-server-1-0   node-1   0     1         3.7ms     3d1h   0x100000004   1       0             1         7        240    3.9.5     14m      64Mi
    2        leader     serving   zk-server-2-0   node-2   0     1         11.0ms    3d1h   0x100000004   1       0             1         7        240    3.9.5     14m      64Mi
    3        follower   serving   zk-server-3-0   node-3   0     1         3.7ms     3d1h   0x100000004   1       0             1         7        240    3.9.5     14m      64Mi
    ");
}

/// The age in seconds is the only number that a clock changes.
fn without_age(text: &str) -> String {
    let line = |line: &str| match line.split_once("geSeconds") {
        Some((head, _)) => format!("{head}geSeconds…\n"),
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

#[tokio::test(start_paused = true)]
async fn everything_as_yaml() {
    let world = World::with_zk().await;
    insta::assert_snapshot!(without_age(&world.zk("status zk -o yaml").await.succeeded().stdout), @r#"
    apiVersion: kubectl-zk/v1
    kind: EnsembleStatus
    name: zk
    namespace: default
    verdict: healthy
    summary: healthy · leader 2 · 3 of 3 voters in sync · survives 1 more failure
    leader: 2
    voters: 3
    inSync: 3
    survives: 1
    ready: 3
    configVersion: "100000000"
    version: "3.9.5"
    managed: true
    ageSeconds…
    servers:
    - id: 1
      role: follower
      state: serving
      reason: null
      member: voter
      pod: zk-server-1-0
      ready: true
      node: node-1
      lag: 0
      clients: 1
      latencyMs: 3.6667
      ageSeconds…
      zxid: "0x100000004"
      epoch: 1
      outstanding: 0
      watches: 1
      znodes: 7
      dataBytes: 240
      version: "3.9.5"
      uptimeMs: 851386
      diskBytes: 67109534
    - id: 2
      role: leader
      state: serving
      reason: null
      member: voter
      pod: zk-server-2-0
      ready: true
      node: node-2
      lag: 0
      clients: 1
      latencyMs: 11.0
      ageSeconds…
      zxid: "0x100000004"
      epoch: 1
      outstanding: 0
      watches: 1
      znodes: 7
      dataBytes: 240
      version: "3.9.5"
      uptimeMs: 851324
      diskBytes: 67109534
    - id: 3
      role: follower
      state: serving
      reason: null
      member: voter
      pod: zk-server-3-0
      ready: true
      node: node-3
      lag: 0
      clients: 1
      latencyMs: 3.6667
      ageSeconds…
      zxid: "0x100000004"
      epoch: 1
      outstanding: 0
      watches: 1
      znodes: 7
      dataBytes: 240
      version: "3.9.5"
      uptimeMs: 851386
      diskBytes: 67109534
    findings: []
    "#);
}

#[tokio::test(start_paused = true)]
async fn single_fields() {
    let world = World::with_zk().await;
    let json = world.zk("status zk -o json").await;
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(
        (&json["apiVersion"], &json["servers"][1]["role"]),
        (&"kubectl-zk/v1".into(), &"leader".into())
    );
    insta::assert_snapshot!(world.zk("status zk -o name").await.succeeded().stdout, @r"
    pod/zk-server-1-0
    pod/zk-server-2-0
    pod/zk-server-3-0
    ");
    insta::assert_snapshot!(world.zk("status zk -o jsonpath={.servers[?(@.role==\"leader\")].pod}").await.succeeded().stdout, @"zk-server-2-0");
    insta::assert_snapshot!(world.zk("status zk -o custom-columns=NAME:.name,LEADER:.leader,PODS:.servers[*].pod").await.succeeded().stdout, @r"
    NAME   LEADER   PODS
    zk     2        zk-server-1-0,zk-server-2-0,zk-server-3-0
    ");
    insta::assert_snapshot!(world.zk("status zk --no-headers").await.succeeded().stdout, @r"
    healthy · leader 2 · 3 of 3 voters in sync · survives 1 more failure

    1     follower   serving   zk-server-1-0   node-1   0     1     3.7ms    3d1h
    2     leader     serving   zk-server-2-0   node-2   0     1     11.0ms   3d1h
    3     follower   serving   zk-server-3-0   node-3   0     1     3.7ms    3d1h
    ");
    insta::assert_snapshot!(world.zk("status zk -o xml").await, @r#"
    exit 2
    --- stdout
    --- stderr
    error: unable to match a printer suitable for the output format "xml", allowed formats are: custom-columns,custom-columns-file,json,jsonpath,jsonpath-file,name,table,wide,yaml
    "#);
}

#[tokio::test(start_paused = true)]
async fn the_exit_code_tells_health_when_it_is_asked_to() {
    let world = World::with_zk().await;
    world.zk("status zk --exit-code").await.succeeded();
    world.zoo.mood(3, crate::fake::ensemble::Mood::Refuses);
    world.zk("status zk").await.succeeded();
    assert_eq!(world.zk("status zk --exit-code").await.exit as u8, 3);
    assert_eq!(world.zk("status --exit-code").await.exit as u8, 3);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_there() {
    let world = World::with_zk().await;
    insta::assert_snapshot!(world.zk("status zkk").await.failed(), @r#"
    exit 1
    --- stdout
    --- stderr
    error: ensemble "zkk" not found in namespace "default"
    hint: did you mean zk?
    "#);
    insta::assert_snapshot!(world.zk("status kafka").await.failed().stderr, @r#"
    error: ensemble "kafka" not found in namespace "default"
    hint: there are: zk
    "#);
    insta::assert_snapshot!(World::default().zk("status zk").await.failed().stderr, @r#"
    error: ensemble "zk" not found in namespace "default"
    hint: kubectl zk status -A shows those of every namespace
    "#);
    insta::assert_snapshot!(world.zk("status zk -n other").await.failed().stderr, @r#"
    error: ensemble "zk" not found in namespace "other"
    hint: kubectl zk status -A shows those of every namespace
    "#);
}

#[tokio::test(start_paused = true)]
async fn an_ensemble_made_by_hand() {
    let world = World::default();
    world.by_hand("old");
    insta::assert_snapshot!(world.zk("status old").await.succeeded(), @r"
    exit 0
    --- stdout
    healthy · leader 2 · 3 of 3 voters in sync · survives 1 more failure

    SERVER   ROLE       STATE     POD     NODE     LAG   CLIENTS   LATENCY   AGE
    1        follower   serving   old-1   node-1   0     1         3.7ms     3d1h
    2        leader     serving   old-2   node-2   0     1         11.0ms    3d1h
    3        follower   serving   old-3   node-3   0     1         3.7ms     3d1h

    info: made by hand, not by kubectl zk, so its wanted size, its disks, and whether a server that lost its disk would vote with an empty memory are not known
    --- stderr
    ");
}

/// On a pipe a watch adds one look after another; Ctrl-C is a process's own.
#[tokio::test(start_paused = true)]
async fn a_watch_looks_again() {
    let world = World::with_zk().await;
    let watch = tokio::time::timeout(std::time::Duration::from_secs(5), world.zk("status zk -w"));
    assert!(watch.await.is_err());
    assert_eq!(world.api.log().matches("list pods").count(), 3);
}
