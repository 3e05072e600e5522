#!/usr/bin/env bash
# Prepares the disk of one ZooKeeper server, runs the server, forwards TERM to it and lingers.
# Without arguments it runs the image's zkServer.sh; with some, that command, with the path of zoo.cfg added.
# After a crash at any line: the newest member list that this server ever activated is the one it starts with;
# a disk that has seen a quorum never founds another; an empty disk votes only before its ensemble is sealed.
#
# It also stands alone, as the entry point of an image (image/README.md). A variable that is not set is then not missed:
# no ZK_SERVERS: every server that the environment defines is a founder; no ZK_ENSEMBLE: the claim names the id alone;
# no ZK_SERVER_ID: one server, standalone. One that is set and empty was meant, and is refused.

# As process 1 a TERM without a trap is ignored: set it before anything else.
server='' starting='' stopping=''
# shellcheck disable=SC2317 # called by the trap
stop() {
  stopping=yes
  if [[ -n $server ]]; then kill -TERM "$server" 2>/dev/null; elif [[ -z $starting ]]; then exit 143; fi
}
trap stop TERM INT

set -euo pipefail
alone=''
[[ -v ZK_SERVER_ID || -v ZK_SERVERS || -v ZK_ENSEMBLE || -v ZK_FOUNDED ]] || alone=yes
umask 077 # zoo.cfg holds the digest of the superuser's password, and the server writes copies of it
: "${ZK_DATA:=/data}" "${ZK_BASE:=/zk}" "${ZK_SEAL:=/founded/founded}" "${ZK_TERMINATION_LOG:=/dev/termination-log}"
: "${ZK_SERVER_ID:=}" "${ZK_SUPER_DIGEST:=}" "${ZK_ENV_PREFIX:=ZK}" "${ZK_DEFAULTS:=}" "${ZK_FOUNDED:=}"
an_id='^([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])$'
conf=$ZK_DATA/conf id=$ZK_SERVER_ID prefix=${ZK_ENV_PREFIX^^} prefix=${prefix//-/_}

refuse() { printf '%s\n' "$*" | tee "$ZK_TERMINATION_LOG" >&2 2>/dev/null || :; exit 78; }
var() { local name="${prefix}_$1"; printf '%s' "${!name:-}"; }

# Replaces a file: a power cut at any moment leaves the old text or the new one, never an empty or half a file.
put() {
  if [[ -f $1 && $(<"$1") == "$2" ]]; then return; fi
  if ! { printf '%s\n' "$2" >"$1.new" && sync "$1.new" && mv "$1.new" "$1" && sync "${1%/*}"; }; then
    refuse "cannot write $1: is the disk full or read-only?"
  fi
}

# The convention's environment, one server line without its role; nothing where the server has no Service.
address() {
  local host peer election
  host=$(var "PEER_$1_SERVICE_HOST") peer=$(var "PEER_$1_SERVICE_PORT") election=$(var "ELECTION_$1_SERVICE_PORT")
  [[ -n $host && -n $peer && -n $election ]] || return 0
  [[ $host == *:* ]] && host="[$host]"
  printf '%s:%s:%s' "$host" "$peer" "$election"
}

# The ids that the environment names, whole or in part: of a part, founding says what is missing.
defined() {
  local name number
  while read -r name; do
    [[ $name =~ ^${prefix}_(PEER|ELECTION)_([0-9]+)_SERVICE_(HOST|PORT)$ ]] || continue
    number=${BASH_REMATCH[2]}
    if [[ $number =~ $an_id ]]; then printf '%s\n' "$number"; fi
  done < <(compgen -v "${prefix}_") | sort -nu | paste -sd ' '
}

# A server line has one host for both ports, so the peer Service must carry the election port, too. Kubernetes tells which
# ports a Service has; plain containers have nothing to tell.
one_host() {
  local number peer election
  for number in $ZK_SERVERS; do
    peer=$(var "PEER_${number}_SERVICE_HOST") election=$(var "ELECTION_${number}_SERVICE_HOST")
    [[ -n $election && $election != "$peer" && -n $(var "PEER_${number}_PORT") ]] || continue
    [[ -z $(var "PEER_${number}_PORT_$(var "ELECTION_${number}_SERVICE_PORT")_TCP") ]] || continue
    printf "the Service of peer %s lacks the election's port %s: a server has one address for both, and cannot be elected\n" \
      "$number" "$(var "ELECTION_${number}_SERVICE_PORT")" >&2
  done
}

# A disk belongs to one server of one ensemble for ever. The claim is on the disk before the first byte of data.
claim() {
  local file=$1 want=$2 have=''
  if [[ -f $file ]]; then have=$(<"$file"); fi
  [[ -n $have || ! -d $ZK_DATA/version-2 ]] || refuse "this disk holds data, but $file does not say whose"
  [[ -z $have || $have == "$want" ]] || refuse "this disk belongs to '$have', not to '$want'"
  put "$file" "$want"
}

# The newest list that the server activated. It writes zoo.cfg.dynamic.VERSION before it points zoo.cfg to it, so the
# files decide, not the pointer; a list without a version was never active.
newest() {
  local file version top=-1 best=''
  for file in "$conf"/zoo.cfg.dynamic.*; do
    version=${file##*.}
    [[ $version =~ ^[0-9a-f]{1,15}$ && -s $file ]] || continue
    if ((16#$version > top)); then top=$((16#$version)) best=$file; fi
  done
  printf '%s' "$best"
}

# The base without the keys that are ours, then those keys (the last line of a key wins). In a file of Java properties a
# carriage return ends a line too, a key may hold escapes, and an empty line ends what a last backslash continues.
static() {
  local line ours='standaloneEnabled|reconfigEnabled|quorumListenOnAllIPs|electionPortBindRetry|db\.autocreate'
  ours+='|dataDir|dataLogDir|dynamicConfigFile|clientPort|clientPortAddress|peerType|skipACL'
  ours+='|DigestAuthenticationProvider\.superDigest|server\.[^=:[:space:]]*|group[^=:[:space:]]*|weight[^=:[:space:]]*'
  while IFS= read -r line; do
    [[ $line =~ ^[[:space:]]*($ours)([=:[:space:]]|$) || $line =~ ^[[:space:]]*[^=:[:space:]]*\\ ]] || printf '%s\n' "$line"
  done <<<"${2//$'\r'/$'\n'}"
  printf '\n%s=%s' dataDir "$ZK_DATA" dataLogDir "$ZK_DATA"
  if [[ -n $1 ]]; then
    printf '\n%s=true' reconfigEnabled quorumListenOnAllIPs
    printf '\n%s=false' standaloneEnabled db.autocreate
    printf '\n%s=%s' electionPortBindRetry 0 dynamicConfigFile "$1"
  else
    printf '\n%s=%s' standaloneEnabled true clientPort 2181
  fi
  if [[ -n $ZK_SUPER_DIGEST ]]; then printf '\nDigestAuthenticationProvider.superDigest=%s' "$ZK_SUPER_DIGEST"; fi
}

# Whether any Service of this namespace has the address.
taken() {
  local name
  while read -r name; do [[ ${!name} == "$1" ]] && return 0; done < <(compgen -v | grep '_SERVICE_HOST$')
  return 1
}

# The members as the server last knew them, at the addresses that their Services have today. A member without a Service
# keeps its old address, unless that is another Service's now (another ensemble's peers would take us for theirs): then
# it gets one that is nobody's (RFC 5737).
refresh() {
  local line number now host
  while IFS= read -r line || [[ -n $line ]]; do # the server writes no final newline
    if [[ $line =~ ^server\.([0-9]+)=(.*):([0-9]+):([0-9]+)((:[a-z]+)?(\;.*)?)$ ]]; then
      number=${BASH_REMATCH[1]} host=${BASH_REMATCH[2]} now=$(address "${BASH_REMATCH[1]}")
      if [[ -n $now ]]; then line="server.$number=$now${BASH_REMATCH[5]}"
      elif taken "${host//[\[\]]/}"; then line="server.$number=192.0.2.$((number % 256)):2888:3888${BASH_REMATCH[5]}"; fi
    fi
    printf '%s\n' "$line"
  done <"$1"
}

# A list without a version: $1 is this server's role. An ensemble that was founded by this server alone has others today:
# those that have a Service.
first() {
  local number now others=0 known=$ZK_SERVERS
  [[ $1 == participant || $known != "$id" ]] || known=$(defined)
  for number in $known; do
    [[ $number == "$id" ]] && continue
    now=$(address "$number")
    if [[ -n $now ]]; then
      printf 'server.%s=%s:participant;2181\n' "$number" "$now"; others=$((others + 1))
    elif [[ $1 == participant ]]; then
      refuse "no Service address for server $number in the environment"
    fi
  done
  ((others)) || [[ $1 == participant ]] || refuse "server $id has no membership on its disk and there is no other server to join (ZK_SERVERS: $ZK_SERVERS)"
  ((others)) || [[ -z $guessed ]] || refuse "the environment defines no server but $id: were the others' Services there before this container? (ZK_SERVERS=$id: it shall be alone)"
  printf 'server.%s=%s:%s;2181\n' "$id" "$(address "$id")" "$1"
}

# Nothing that a quorum could have relied on: a server that died before its first quorum may start empty once more.
untouched() {
  local epoch=$ZK_DATA/version-2/currentEpoch
  [[ ! -s $epoch || $(<"$epoch") == 0 ]] && ! compgen -G "$ZK_DATA/version-2/log.*" >/dev/null
}

# 16 KiB of the disk for keep; less is left of them where it was killed.
spare() {
  local file=$conf/spare
  { (($(wc -c <"$file") >= 16384)) || { head -c 16384 /dev/zero >"$file" && sync "$file"; } || { rm -f "$file"; return 1; }; } 2>/dev/null
}

# On a full disk the server takes over a new member list, acknowledges writes under it, and only logs that it could not
# write it down: its next start would use the old list, and found a second quorum with it. So what it says it uses is
# written here too, over blocks that were reserved while there was room.
keep() {
  local text list version file
  while sleep "${ZK_KEEP:-5}"; do
    spare
    text=$({ exec 3<>"/dev/tcp/127.0.0.1/${ZK_KEEP_PORT:-2181}" && printf conf >&3 && timeout 5 cat <&3; } 2>/dev/null)
    list=$(grep '^server\.' <<<"$text") version=$(sed -n 's/^version=//p' <<<"$text") file=$conf/zoo.cfg.dynamic.$version
    [[ -n $list && $version =~ ^[1-9a-f][0-9a-f]*$ && ! -s $file ]] || continue
    printf 'the server could not write %s: is the disk full?\n' "$file" >&2
    printf '%s\n' "$list" | dd of="$conf/spare" conv=notrunc,fsync 2>/dev/null && truncate -s "$((${#list} + 1))" "$conf/spare" &&
      mv "$conf/spare" "$file" && sync "$conf"
  done
}

# A server of an ensemble: whose it is, and the list that it starts with.
member() {
  claim "$ZK_DATA/ensemble" "${ZK_ENSEMBLE:+$ZK_ENSEMBLE }$id"
  claim "$ZK_DATA/myid" "$id"
  rm -f "$ZK_DATA/initialize"
  dynamic=$(newest)
  if [[ -n $dynamic ]] && grep -q "^server\.$id=" "$dynamic"; then
    text=$(refresh "$dynamic"); put "$dynamic" "$text"
  elif [[ -z $dynamic && " $ZK_SERVERS " == *" $id "* && ! -e $ZK_SEAL && -z $ZK_FOUNDED ]]; then # a founder, before the seal
    dynamic=$conf/zoo.cfg.dynamic
    text=$(first participant); put "$dynamic" "$text"
    if untouched; then : >"$ZK_DATA/initialize" || refuse "cannot write $ZK_DATA: is the disk full?"; fi
  else
    dynamic=$conf/zoo.cfg.dynamic
    text=$(first observer); put "$dynamic" "$text"
  fi
  local next=$conf/zoo.cfg.dynamic.next # a list that was proposed when the server went down
  if [[ -s $next ]]; then text=$(refresh "$next"); put "$next" "$text"; fi
}

dynamic='' guessed='' # whether the founders are only those that the environment happens to define
if [[ -z $alone ]]; then
  [[ $id =~ $an_id ]] || refuse "ZK_SERVER_ID is '$id', not a server's id"
  [[ ! ${HOSTNAME:-} =~ -server-$id-[1-9][0-9]{0,3}$ ]] || refuse "two servers of id $id: scale this StatefulSet back to 1"
  [[ -n $(address "$id") ]] || refuse "no Service address for server $id in the environment"
  if [[ ! -v ZK_SERVERS ]]; then ZK_SERVERS=$(defined) guessed=yes; fi
  [[ -n $ZK_SERVERS ]] || refuse "ZK_SERVERS is empty: which servers does the first configuration list?"
  [[ -n ${ZK_ENSEMBLE-none} || $ZK_SERVERS == "$id" ]] || refuse "ZK_ENSEMBLE is empty: is the Secret complete?"
  one_host
elif [[ -n $(defined) ]]; then
  printf 'no ZK_SERVER_ID: standalone, with no part in the ensemble of servers %s\n' "$(defined)" >&2
fi
[[ -e $ZK_BASE || -z $ZK_DEFAULTS ]] || ZK_BASE=$ZK_DEFAULTS
[[ -s $ZK_BASE/zoo.cfg ]] || refuse "no $ZK_BASE/zoo.cfg: is the ConfigMap complete?"
if ! { mkdir -p "$conf" && : >>"$ZK_DATA/lock"; }; then refuse "cannot write $ZK_DATA: is the disk full or read-only?"; fi
# One process per disk, also when a pod was deleted by force and its container still runs. The server inherits the lock.
if command -v flock >/dev/null; then
  exec 9>"$ZK_DATA/lock"
  flock -w "${ZK_LOCK_WAIT:-30}" 9 & # so that TERM ends the wait
  wait $! || refuse "another process still uses this disk"
fi
if [[ -z $alone ]]; then member; else claim "$ZK_DATA/ensemble" standalone; fi
text=$(static "$dynamic" "$(<"$ZK_BASE/zoo.cfg")"); put "$conf/zoo.cfg" "$text"
if (($# == 0)); then
  logback=$ZK_BASE/logback.xml
  [[ -s $logback || -z $ZK_DEFAULTS ]] || logback=$ZK_DEFAULTS/logback.xml
  [[ -s $logback ]] || refuse "no $logback: is the ConfigMap complete?"
  text=$(<"$logback"); put "$conf/logback.xml" "$text"
  export ZOOCFGDIR=$conf
  set -- zkServer.sh start-foreground
fi

spare || refuse "cannot write $conf/spare: is the disk full?"

# Not exec: the server's address must refuse for a while after it is gone, so that its clients move on at once.
set +e
starting=yes
"$@" "$conf/zoo.cfg" & server=$!
[[ -z $stopping ]] || stop
keep 9>&- & keeper=$!
while wait "$server"; code=$?; kill -0 "$server" 2>/dev/null; do :; done # TERM interrupts a wait
wait "$server"; last=$?; ((last == 127)) || code=$last # and may hide how the server ended
kill "$keeper"; sleep "${ZK_LINGER:-3}"
exit "$code"
