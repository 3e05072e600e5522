//! What goes together and what does not.

use super::*;

fn intent() -> Ensemble {
    Ensemble::new("zk".parse().unwrap())
}

#[test]
fn what_is_written_is_read_back() {
    let text = serde_json::to_string(&intent()).unwrap();
    assert_eq!(serde_json::from_str::<Ensemble>(&text).unwrap(), intent());
    assert!(serde_json::from_str::<Ensemble>(&text.replace("\"zk\"", "\"-\"")).is_err());
    let openshift = Placement {
        run_as_user: None,
        ..Placement::default()
    };
    let text = serde_json::to_string(&openshift).unwrap();
    assert_eq!(
        serde_json::from_str::<Placement>(&text).unwrap(),
        openshift,
        "{text}"
    );
}

#[test]
fn heap_against_memory() {
    assert_eq!(intent().heap_mebibytes(), 614);
    let wish = |heap: &str, memory: &str| Ensemble {
        heap: Some(heap.parse().unwrap()),
        memory: memory.parse().unwrap(),
        ..intent()
    };
    assert!(wish("900Mi", "1000Mi").validate().is_ok());
    assert_eq!(
        wish("901Mi", "1000Mi").validate().unwrap_err().to_string(),
        "a heap of 901Mi leaves too little of 1000Mi of memory for the JVM itself: at most 900Mi"
    );
    assert!(wish("64Mi", "127Mi").validate().is_err());
    assert!(wish("1", "1Gi").validate().is_err());
}

#[test]
fn fields_that_do_not_go_together() {
    let cpu = Ensemble {
        cpu: Some("2".parse().unwrap()),
        cpu_limit: Some("500m".parse().unwrap()),
        ..intent()
    };
    assert!(matches!(cpu.validate(), Err(InvalidIntent::Cpu { .. })));
    let mut ranges = intent();
    ranges.service.source_ranges = vec!["10.0.0.0/8".to_owned()];
    assert_eq!(ranges.validate(), Err(InvalidIntent::SourceRanges));
    let labels = Ensemble {
        pod_labels: [("server".to_owned(), "1".to_owned())].into(),
        ..intent()
    };
    assert!(matches!(labels.validate(), Err(InvalidIntent::Label(_))));
}
