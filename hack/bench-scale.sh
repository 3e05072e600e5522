# shellcheck shell=bash disable=SC2154
# Sourced by bench: what clients notice of scaling, beside the way of charts: a new list of servers, and a rolling restart.

# of_peers: the client addresses of servers 1 to 3, which stay.
of_peers() {
    local id
    for id in 1 2 3; do
        kubectl get service "bench-peer-$id" --namespace "$space" --output 'jsonpath={.spec.clusterIP}:2181,'
    done | sed 's/,$//'
}

# stall ADDRESSES COMMAND...: runs it under a writer; prints the longest time, in seconds, without an acknowledgement.
stall() {
    local writer=target/debug/examples/writer servers=$1 journal running said i
    shift
    journal=$(mktemp)
    testbed/testbed in "$writer" run --servers "$servers" --path "/scale-$RANDOM" --journal "$journal" >/dev/null &
    running=$!
    for ((i = 0; i < 240 && $(grep -c node "$journal" || :) < 100; i++)); do sleep 0.25; done
    "$@" >"$journal.said" 2>&1 </dev/null || { cat "$journal.said" >&2; say "failed: $*"; }
    kill -TERM "$running"
    wait "$running"
    said=$(awk -F '[:,}]' '/"(node|counter|end)"/ { if (last && $2 - last > most) most = $2 - last; last = $2 } END { print most / 1000 }' "$journal")
    rm -f "$journal" "$journal.said"
    echo "$said"
}

scale() { "$plugin" scale bench --namespace "$space" --replicas "$1" --yes --quiet; }
leader_of() { "$plugin" status bench --namespace "$space" -o 'jsonpath={.leader}' 2>/dev/null || :; }

# lead_from_outside: has server 4 or 5 lead.
lead_from_outside() {
    local i leader
    for ((i = 0; i < 6; i++)); do
        leader=$(leader_of)
        ((${leader:-0} < 4)) || return 0
        kubectl delete pod "bench-server-$leader-0" --namespace "$space" >/dev/null
        whole
    done
    say "none of servers 4 and 5 comes to lead"
}

# plain_of N: the test bed's StatefulSet with N servers, wherever there is room.
plain_of() {
    local list
    list=$(seq 0 $(($1 - 1)) | paste -sd ' ')
    plain | sed "s/for i in 0 1 2;/for i in $list;/; s/replicas: 3/replicas: $1/; s/requiredDuringSchedulingIgnoredDuringExecution/preferredDuringSchedulingIgnoredDuringExecution/
        s/^          - labelSelector: {matchLabels: {app: zk}}/          - weight: 1\n            podAffinityTerm:\n              labelSelector: {matchLabels: {app: zk}}/
        s/^            topologyKey/              topologyKey/"
}

# serving_plain N: until each of N pods says what it is, asked in the cluster's network.
serving_plain() {
    # shellcheck disable=SC2016
    timeout 180 testbed/testbed in bash -c '
        hosts=()
        while ((${#hosts[@]} < $2)); do
            hosts=($(kubectl get pods --namespace "$1" --selector app=zk --output "jsonpath={.items[*].status.podIP}"))
        done
        for host in "${hosts[@]}"; do
            until exec 3<>"/dev/tcp/$host/2181" && echo srvr >&3 && [[ $(cat <&3) == *Mode:* ]]; do sleep 0.02; done
        done 2>/dev/null' - "$space" "$1"
}

create_two() { kubectl apply --namespace "$space" --filename <(plain_of 2) && serving_plain 2; }

# chart: 3 to 5 as charts do it.
chart() {
    kubectl apply --namespace "$space" --filename <(plain_of 5) &&
        timeout 180 kubectl rollout status statefulset/zk --namespace "$space"
}

bench_scale() {
    local i rounds=5 peers add=() remove=() leave=() ups=() pairs=() from charts stuck
    cargo build --quiet --locked --example writer
    peers=$(of_peers)
    for ((i = 0; i < rounds; i++)); do
        say "scaling, $((i + 1)) of $rounds"
        add+=("$(stall "$peers" scale 5)")
        remove+=("$(stall "$peers" scale 3)")
        scale 5 >/dev/null 2>&1
        lead_from_outside
        leave+=("$(stall "$peers" scale 3)")
        whole
    done
    add=("$(median "${add[@]}")") remove=("$(median "${remove[@]}")") leave=("$(median "${leave[@]}")")
    row "longest stall of writes, \`scale\` 3 → 5" "${add[0]} s" "" "" "≤ 0.3 s" "${add[0]}" "<=" 0.3
    row "the same, 5 → 3, followers leave" "${remove[0]} s" "" "" "≤ 0.2 s" "${remove[0]}" "<=" 0.2
    row "the same, 5 → 3, the leader leaves" "${leave[0]} s" "" "" "≤ 1.0 s" "${leave[0]}" "<=" 1.0
    took remove_plain >/dev/null
    ups=()
    for ((i = 0; i < creations; i++)); do
        say "two servers, $((i + 1)) of $creations"
        pairs+=("$(took create_two)")
        took remove_plain >/dev/null
        from=${EPOCHREALTIME/./}
        took scale 5 >/dev/null
        ups+=($((${EPOCHREALTIME/./} - from)))
        took scale 3 >/dev/null
    done
    local up pair ratio
    up=$(median "${ups[@]}") pair=$(median "${pairs[@]}") ratio=$(scaled "$(median "${ups[@]}")" "$(median "${pairs[@]}")" 3)
    row "\`scale\` 3 → 5, to the last word of the servers" "$(scaled "$up" 1000000 1) s" \
        "two plain pods, until both serve: $(scaled "$pair" 1000000 1) s" "$(scaled "$ratio" 1 2) times it" "≤ 1.5" "$ratio" "<=" 1.5
    say "a plain StatefulSet from 3 to 5"
    took create_plain >/dev/null
    charts=$(kubectl get service zk --namespace "$space" --output 'jsonpath={.spec.clusterIP}:2181')
    from=${EPOCHREALTIME/./}
    stuck=$(stall "$charts" chart)
    say "the charts' way took $(scaled $((${EPOCHREALTIME/./} - from)) 1000000 0) s, its longest stall was $stuck s"
    took remove_plain >/dev/null
    took create_plain >/dev/null
}
