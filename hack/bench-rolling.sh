# shellcheck shell=bash disable=SC2154
# Sourced by bench: what clients notice of a restart, server by server, beside the rolling restart of a plain StatefulSet.

restart() { "$plugin" restart bench --namespace "$space" --quiet "$@"; }

# but_of ID: the client addresses of the two others.
but_of() {
    local id
    for id in 1 2 3; do
        ((id == $1)) || kubectl get service "bench-peer-$id" --namespace "$space" --output 'jsonpath={.spec.clusterIP}:2181,'
    done | sed 's/,$//'
}

restart_plain() {
    kubectl rollout restart statefulset/zk --namespace "$space" &&
        kubectl rollout status statefulset/zk --namespace "$space" --timeout 5m
}

bench_rolling() {
    local i leader follower lead=() follow=() plain=() ours=() theirs=() relation=() address
    cargo build --quiet --locked --example writer
    address=$(kubectl get service zk --namespace "$space" --output 'jsonpath={.spec.clusterIP}:2181')
    for ((i = 0; i < 5; i++)); do
        say "restarts, $((i + 1)) of 5"
        leader=$(leader_of) follower=$((leader % 3 + 1))
        lead+=("$(stall "$(of_peers)" restart --id "$leader")")
        whole
        follower=$(($(leader_of) % 3 + 1))
        follow+=("$(stall "$(but_of "$follower")" restart --id "$follower")")
        whole
        plain+=("$(stall "$address" restart_plain)")
        serving
        ours+=("$(took restart)")
        theirs+=("$(took restart_plain)")
        serving
        whole
        relation+=("$(scaled "${ours[i]}" "${theirs[i]}" 3)")
    done
    lead=("$(median "${lead[@]}")") follow=("$(median "${follow[@]}")") plain=("$(median "${plain[@]}")")
    row "longest stall of writes, \`restart\` of the leader" "$(scaled "${lead[0]}" 1 2) s" \
        "\`kubectl rollout restart\` of a plain StatefulSet: $(scaled "${plain[0]}" 1 2) s" "" "≤ 1.2 s" "${lead[0]}" "<=" 1.2
    row "the same, \`restart\` of a follower, for clients of the others" "$(scaled "${follow[0]}" 1 2) s" "" "" "≤ 0.3 s" "${follow[0]}" "<=" 0.3
    row "\`restart\` of three, to the last word of the servers" "$(scaled "$(median "${ours[@]}")" 1000000 1) s" \
        "the plain StatefulSet's three, one after the other: $(scaled "$(median "${theirs[@]}")" 1000000 1) s" \
        "$(scaled "$(median "${relation[@]}")" 1 2) times it" "≤ 1.5" "$(median "${relation[@]}")" "<=" 1.5
}
