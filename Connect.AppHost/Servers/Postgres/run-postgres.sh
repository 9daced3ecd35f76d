#!/bin/sh
# Runs PostgreSQL (the arguments) so that SIGTERM, which the orchestrator sends, ends it at once, whenever it comes. What PostgreSQL logs
# is no error, so it goes to standard output.
exec 2>&1
stopping=
server=

# On SIGTERM PostgreSQL waits until every client has left; SIGINT is its "fast" shutdown. Before it has handlers only SIGTERM ends it,
# because a shell starts what runs in the background with SIGINT ignored; and a signal between its fork and its exec is lost.
stop() {
  stopping=1
  while [ -n "$server" ] && kill -TERM "$server" 2>/dev/null; do
    kill -INT "$server" 2>/dev/null
    sleep 0.1
  done
}

trap stop TERM INT HUP
"$@" &
server=$!
[ -z "$stopping" ] || stop
wait "$server"
code=$?

# A signal ends the first wait with a code of its own.
if [ -n "$stopping" ]; then
  wait "$server"
  code=$?
fi
exit "$code"
