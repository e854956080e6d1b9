-- What wrk asks, and how it tells what came of it.
--   wrk … -s bench/load.lua URL -- METHOD PATHS BODIES KEY
-- PATHS is a file with a path on each line, asked in turn; BODIES one with a body on each line, sent in turn, or "-";
-- KEY begins each idempotency key, or "-".

local method, paths, bodies, key, asked = "GET", {}, {}, nil, 0

function init(args)
  method = args[1]
  for line in io.lines(args[2]) do paths[#paths + 1] = line end
  if args[3] ~= "-" then
    for line in io.lines(args[3]) do bodies[#bodies + 1] = line end
  end
  if args[4] ~= "-" then key = args[4] end
end

local function in_turn(list)
  return #list > 0 and list[(asked - 1) % #list + 1] or nil
end

function request()
  asked = asked + 1
  local headers = wrk.headers
  if key then headers["idempotency-key"] = key .. asked end
  return wrk.format(method, in_turn(paths), headers, in_turn(bodies))
end

function done(summary, latency, requests)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
  io.write(string.format(
    '\nRESULT {"p50":%.3f,"p90":%.3f,"p95":%.3f,"p99":%.3f,"max":%.3f,"requests":%d,"seconds":%.3f,"bytes":%d,"failed":%d}\n',
    latency:percentile(50) / 1000, latency:percentile(90) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    latency.max / 1000, summary.requests, summary.duration / 1e6, summary.bytes, failed))
end
