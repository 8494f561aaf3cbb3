# Sourced by start-cluster.sh and stop-cluster.sh: reads the hosts, and runs commands where they are.
#
# A hosts file has one `host [node.id]` a line; `#` starts a comment. Without a file there are N nodes on this machine.
# The k-th node of a host adds 10(k-1) to the ports 9092 to 9095 of the four listeners.

hosts=() ids=() firsts=()

# usage: read_hosts FILE|'' COUNT FIRST_PORT
read_hosts() {
  local file=$1 count=$2 first_port=$3 line host id other port
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%%#*}
    read -r host id _ <<<"$line" || true
    [ -n "$host" ] || continue
    id=${id:-$((${#hosts[@]} + 1))}
    [[ $id =~ ^[0-9]+$ ]] || { echo "error: '$line': the node.id must be a number." >&2; exit 2; }
    [[ " ${ids[*]-} " != *" $id "* ]] || { echo "error: '$line': node.id $id is there twice." >&2; exit 2; }
    port=$first_port
    for other in ${hosts[@]+"${hosts[@]}"}; do [ "$other" != "$host" ] || port=$((port + 10)); done
    hosts+=("$host") ids+=("$id") firsts+=("$port")
  done < <(if [ -n "$file" ]; then cat "$file"; else for ((id = 1; id <= count; id++)); do echo "localhost $id"; done; fi)
  [ ${#hosts[@]} -gt 0 ] || { echo "error: no host is named${file:+ in $file}." >&2; exit 2; }
}

is_local() {
  case "$1" in
  localhost | 127.* | ::1) return 0 ;;
  esac
  [ "$1" = "$(hostname 2>/dev/null)" ] || [ "$1" = "$(hostname -f 2>/dev/null)" ]
}

# The address that a node listens at and that others find it by.
address_of() {
  case "$1" in
  localhost) echo 127.0.0.1 ;;
  ::1) echo '[::1]' ;;
  *) echo "$1" ;;
  esac
}

# Goes in front of what runs on a host with the node's folder as $1. usage: is_node PID: whether that process is this node (after a
# restart of the machine another one may have its number). Small images have no ps, and some systems no /proc.
is_node='
own_folder=${1##*/}
is_node() {
  { tr "\0" " " <"/proc/$1/cmdline" || ps -ww -o args= -p "$1"; } 2>/dev/null |
    grep -q "varve.* server --config .*$own_folder/server\.properties"
}
'

# usage: quoted TEXT: as one word for any POSIX shell (bash's own %q may write what others do not read).
quoted() {
  local text=$1 quote="'" escaped="'\\''"
  text=${text//"$quote"/"$escaped"}
  printf "'%s'" "$text"
}

# usage: on_host HOST SCRIPT [ARGUMENT...]: runs the bash script there, in the project's folder.
on_host() {
  local host=$1 script=$2 command argument
  shift 2
  if is_local "$host"; then
    bash -c "$script" varve "$@"
  else
    command="cd $(quoted "${VARVE_HOME:-$PWD}") && bash -c $(quoted "$script") varve"
    for argument in "$@"; do command+=" $(quoted "$argument")"; done
    # shellcheck disable=SC2029
    ${VARVE_SSH:-ssh -o BatchMode=yes} "$host" "$command"
  fi
}
