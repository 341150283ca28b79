#!/usr/bin/env bash
# Tests a webhook receiver against the HubEx mock server, with bash and curl alone: imports a workbook, waits for the events, breaks the
# receiver until HubEx switches the webhook off, and brings it back. No sleep anywhere. Ends with "N passed, N failed".
#
#   bash hubex.sh                                   HUBEX_MOCK: the command to start, if it is not node_modules/.bin/hubex-mock
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
read -ra hubex_mock <<<"${HUBEX_MOCK:-node_modules/.bin/hubex-mock}"
workbook=${HUBEX_SAMPLE:-$here/../mock-server/samples/assets-300.xlsx}
export HUBEX_WEBHOOK_SECRET=0123456789abcdef0123456789abcdef
passed=0 failed=0

# check "what it means" actual expected
check() {
  if [[ $2 == "$3" ]]; then passed=$((passed + 1)) && echo "ok      $1"; else failed=$((failed + 1)) && echo "not ok  $1: $2, not $3"; fi
}
# The first value of a field in JSON on stdin; with jq it would be: jq -r .name
field() { grep -o "\"$1\":[^,}]*" | head -n 1 | cut -d : -f 2- | tr -d '" '; }
# api METHOD PATH [curl options]: a call of HubEx
api() { curl -sS --fail-with-body --max-time 30 -X "$1" "$api_url$2" -H "Authorization: Bearer $token" -H 'X-Application-ID: 5' "${@:3}"; }
json() { api "$1" "$2" -H 'Content-Type: application/json' -d "$3"; }
# mock PATH: a call of the control plane
mock() { curl -sS --fail-with-body --max-time 60 "$control_url$1"; }

# Start both on free ports, and end them however this script ends. The first line each prints says where it is.
exec 3< <(exec "${hubex_mock[@]}" serve --port 0 --json); mock_pid=$!
exec 4< <(exec node "$here/receiver.mjs"); receiver_pid=$!
finish() {
  local code=$?
  kill $mock_pid $receiver_pid 2>/dev/null || true
  if ((code != 0 && failed == 0)); then failed=1; fi
  echo "$passed passed, $failed failed"
  exit $((failed > 0))
}
trap finish EXIT
read -r -t 60 ready <&3 || { echo 'The mock server did not start.' >&2; exit 1; }
read -r -t 60 receiver <&4 || { echo 'The receiver did not start.' >&2; exit 1; }
api_url=$(field apiUrl <<<"$ready") control_url=$(field controlUrl <<<"$ready") service_token=$(field serviceToken <<<"$ready")

# A token, and a webhook for the five events of assets.
token=$(curl -sS --fail-with-body "$api_url/AUTHZ/AccessTokens" -H 'Content-Type: application/json' -d "{\"serviceToken\":\"$service_token\"}" | field access_token)
hook="{\"name\":\"test\",\"uri\":\"$receiver/hook?key=$HUBEX_WEBHOOK_SECRET\",\"isActive\":true,\"events\":[40,41,42,43,44]}"
webhook=$(json POST /MSG/Webhooks "[$hook]" | tr -d '[]')

# 300 assets from Excel: one delivery of 40 for each.
api POST /IMPORT/Assets -F "File=@$workbook" >/dev/null
check 'HubEx delivered 40 for every row' "$(mock '/wait?eventId=40&count=300&within=30000' | field ok)" true
check 'the receiver has them all' "$(curl -sS "$receiver/received" | grep -c '"EventID":40')" 300
mapfile -t ids < <(curl -sS "$receiver/received" | grep -o '"AssetID":[0-9]*' | cut -d : -f 2 | sort -nu)
check 'each is about another asset' "${#ids[@]}" 300

# Ten failures in a row, and HubEx switches the webhook off.
curl -sS -X PUT "$receiver/answer/500"
ten=$(IFS=,; echo "${ids[*]:0:10}")
json PUT /ES/Assets "{\"assets\":[$ten],\"scheduleRuleID\":2}"
check 'everything was tried' "$(mock '/settled?within=30000' | field settled)" true
check 'the webhook is off' "$(api GET "/MSG/Webhooks/$webhook" | field isActive)" false
check 'no calls remain' "$(api GET "/MSG/Webhooks/$webhook" | field callsRemaining)" 0

# What happens now is lost: a receiver has to read the assets again when it is back.
curl -sS -X PUT "$receiver/answer/204"
json PUT /ES/Assets "{\"assets\":[${ids[10]}],\"scheduleRuleID\":2}"
mock '/settled?within=30000' >/dev/null
check 'nothing comes while it is off' "$(curl -sS "$receiver/received" | grep -c . )" 300

# Back again.
api PUT "/MSG/Webhooks/activate/$webhook"
json PUT /ES/Assets "{\"assets\":[${ids[11]}],\"scheduleRuleID\":2}"
check 'the next change is delivered' "$(mock "/wait?eventId=41&assetId=${ids[11]}&within=30000" | field ok)" true
check 'the receiver has it' "$(curl -sS "$receiver/received" | tail -n 1 | field AssetID)" "${ids[11]}"
check 'ten calls remain' "$(api GET "/MSG/Webhooks/$webhook" | field callsRemaining)" 10
