//! What TAB offers behind the verbs that restart servers, and behind `diff`.

use crate::complete::tab;
use crate::complete::values;
use crate::fake::World;

#[tokio::test(start_paused = true)]
async fn ensembles_and_their_servers() {
    let world = World::with_zk().await;
    for verb in ["restart", "update", "diff", "replace"] {
        assert_eq!(values(&world, &format!("{verb} z")).await, ["zk"]);
    }
    insta::assert_snapshot!(tab(&world, "replace zk --id ").await, @"
    1	ready
    2	ready
    3	ready
    :4
    ");
    for line in ["restart zk --id ", "restart zk --id 1 --id "] {
        assert_eq!(values(&world, line).await, ["1", "2", "3"], "{line}");
    }
    assert_eq!(values(&world, "replace zk --id=").await.len(), 3);
    assert_eq!(tab(&world, "restart --id ").await, ":4\n");
}

#[tokio::test(start_paused = true)]
async fn flags_that_have_their_default_again() {
    let world = World::default();
    insta::assert_snapshot!(tab(&world, "update zk --unset c").await, @"
    cpu	None
    cpu-limit	None
    config	The plugin's defaults
    :4
    ");
    let all = values(&world, "diff zk --unset ").await;
    assert!(all.contains(&"image-pull-secret".to_owned()), "{all:?}");
    let flags = values(&world, "update zk --u").await;
    assert_eq!(flags, ["--unset", "--undo", "--user"]);
}
