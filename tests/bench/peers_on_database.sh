# shellcheck shell=bash
# The commands that time each installed peer on the database of DATABASE_URL, one a line, as
# time_commands.py takes them: source it, and call `peer_commands PEERS FOLDER`.
# Java and Node speak TCP; the scratch server has a socket alone, so over_tcp.py stands between.
peer_commands() {
  local peers=$1 folder=$2
  if [ -f "$peers/pg-index-health/all.sql" ]; then
    printf '%s\n' "pg-index-health's queries, psql: sh -c 'psql -X -q -o /dev/null -f $peers/pg-index-health/all.sql \"\$DATABASE_URL\"'"
  fi
  if [ -x "$peers/node_modules/.bin/postgres-language-server" ]; then
    # Its dblint reads the whole schema for itself, too: splinter's statement is timed alone. What
    # the scratch server's DATABASE_URL says is assignments of a shell; this client wants a URL.
    # shellcheck disable=SC2016
    python3 tests/bench/logged_statements.py "$folder/splinter.sql" --with unindexed_foreign_keys \
      sh -c 'eval "$DATABASE_URL"; unset DATABASE_URL; exec "$0" dblint \
      --connection-string="postgresql://$user@localhost/$dbname?host=$host&port=$port"' \
      "$peers/node_modules/.bin/postgres-language-server" >/dev/null 2>&1
    printf '%s\n' "splinter's statement, psql: sh -c 'psql -X -q -o /dev/null -f $folder/splinter.sql \"\$DATABASE_URL\"'"
  fi
  if [ -x "$peers/node_modules/.bin/schemalint" ]; then
    cat >"$folder/.schemalintrc.js" <<'CONFIG'
const [host, port, user, database] = process.env.BENCH_TCP.split(" ");
module.exports = {
  connection: { host, port: Number(port), user, database },
  schemas: [{ name: "public" }],
  rules: { "name-casing": ["error", "snake"], "prefer-jsonb-to-json": ["error"],
           "prefer-text-to-varchar": ["error"], "require-primary-key": ["error"] },
};
CONFIG
    printf '%s\n' "schemalint: sh -c 'cd $folder && exec $peers/node_modules/.bin/schemalint'"
  fi
  if [ -d "$peers/schemacrawler/lib" ]; then
    # shellcheck disable=SC2016
    printf '%s\n' "SchemaCrawler lint: sh -c 'set -- \$BENCH_TCP; exec java -cp \"$peers/schemacrawler/lib/*\" schemacrawler.Main --server=postgresql --host=\$1 --port=\$2 --user=\$3 --password= --database=\$4 --schemas=public --info-level=standard --command=lint --output-file=/dev/null'"
  fi
}
