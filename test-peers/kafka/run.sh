#!/usr/bin/env bash
# What Varve writes, read by Kafka's own DumpLogSegments: segments of every codec, rolled ones, with keys, headers and
# tombstones, their indexes and the snapshots of producers. It must find nothing wrong, and the records that were sent.
set -euo pipefail
. "$VARVE_HOME/test-peers/lib.sh"
need_kafka_tools

start_node --dir kept
seq 1 20000 >sent
for codec in none gzip snappy lz4 zstd; do
  varve topics create "$codec" --partitions 1 --bootstrap "$bootstrap" >&2
  varve produce "$codec" --compression "$codec" --quiet --bootstrap "$bootstrap" <sent >&2
done
# 4 MB in segments of the least size there is, with an entry in the indexes for every batch.
small=(--config segment.bytes=1048576 --config index.interval.bytes=0)
varve topics create rolled --partitions 1 "${small[@]}" --bootstrap "$bootstrap" >&2
seq -f '%0100.0f' 1 40000 >long
varve produce rolled --quiet --bootstrap "$bootstrap" <long >&2
varve topics create pairs --partitions 1 --bootstrap "$bootstrap" >&2
printf 'a\tone\nb\tN\n\tno key\nc\t\n' |
  varve produce pairs --key-separator '\t' --null-marker N --header g=x --header h= --bootstrap "$bootstrap" >&2
stop_node

kafka_dump() { "$JAVA" -cp "$kafka_tools/libs/*" org.apache.kafka.tools.DumpLogSegments --deep-iteration --print-data-log --files "$1"; }
JAVA=$(command -v java)
files=$(find kept -path '*-0/*' \( -name '*.log' -o -name '*.index' -o -name '*.timeindex' -o -name '*.snapshot' \) | sort | paste -sd, -)
check 'Kafka dumps every file' eval 'kafka_dump "$files" >dump 2>dump.err'
# It takes the first offset of every segment but the first for a gap, in its own files, too.
grep -vE '^Non-consecutive offsets in |^  -1 is followed by ' dump.err >wrong || true
grep -E 'isvalid: false|ismatch|xception|rror|orrupt|not found' dump >>wrong || true
cat wrong >&2
check 'Kafka finds nothing wrong in them' [ ! -s wrong ]

# usage: payloads TOPIC: what Kafka printed as values of that topic's records, in the order of its files.
payloads() {
  awk -v folder="/$1-0/" '
    /^Dumping / { here = index($0, folder) > 0 }
    here && /^\| offset: .* payload: / { sub(/.* payload: /, ""); print }' dump
}
for codec in none gzip snappy lz4 zstd; do
  check "Kafka reads what was sent, compressed by $codec" cmp <(payloads "$codec") sent
  check "the batches of '$codec' are of that codec" \
    eval "awk '/^Dumping /{here=index(\$0,\"/$codec-0/\")>0} here && /^baseOffset: /' dump | grep -q 'compresscodec: $codec ' "
done
check 'Kafka reads what was sent over several segments' cmp <(payloads rolled) long
check 'they are several segments' [ "$(grep -c '^Dumping .*/rolled-0/.*\.log$' dump)" -ge 4 ]
cat >pairs <<'END'
keySize: 1 valueSize: 3 sequence: 0 headerKeys: [g,h] key: a payload: one
keySize: 1 valueSize: -1 sequence: 1 headerKeys: [g,h] key: b
keySize: 0 valueSize: 6 sequence: 2 headerKeys: [g,h] key:  payload: no key
keySize: 1 valueSize: 0 sequence: 3 headerKeys: [g,h] key: c payload: 
END
check 'Kafka reads keys, headers, and values that are null or empty' cmp pairs \
  <(awk '/^Dumping / { here = index($0, "/pairs-0/") > 0 } here && sub(/^\| offset: .* keySize/, "keySize")' dump)

# `varve log dump` prints what Kafka prints of each.
common() { grep -E '^(\| offset: [0-9]+|baseOffset: |offset: |timestamp: |producerId: |Log starting offset)'; }
check 'varve log dump prints the same' cmp <(common <dump) <(varve log dump ${files//,/ } --records | common)
