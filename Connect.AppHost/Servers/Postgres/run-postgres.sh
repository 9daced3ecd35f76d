#!/bin/sh
# Runs PostgreSQL (the arguments) so that SIGTERM, which the orchestrator sends, ends it at once. On SIGTERM itself PostgreSQL
# waits until every client has left; SIGINT is its "fast" shutdown. What it logs is no error, so it goes to standard output.
exec 2>&1
"$@" &
server=$!
stopping=
trap 'stopping=1; kill -INT "$server" 2>/dev/null' TERM INT HUP
wait "$server"
code=$?

# A signal ends the first wait before the server has ended.
if [ -n "$stopping" ]; then
  wait "$server"
  code=$?
fi
exit "$code"
