-- Sends the requests of a file in turn: on each line method, path, body (- for none) and headers, with tabs between them.
-- Prints what came of them as JSON.
local lines, place = {}, 0

local function unescape(text)
  return (text:gsub("\\(.)", { n = "\n", t = "\t", r = "\r", ['"'] = '"', ["\\"] = "\\", ["/"] = "/" }))
end

function init(arguments)
  for line in io.lines(arguments[1]) do
    local parts = {}
    for part in line:gmatch("[^\t]+") do parts[#parts + 1] = unescape(part) end
    local headers = {}
    for index = 4, #parts do
      local name, value = parts[index]:match("^([^:]+): (.*)$")
      headers[name] = value
    end
    lines[#lines + 1] = wrk.format(parts[1], parts[2], headers, parts[3] ~= "-" and parts[3] or nil)
  end
end

function request()
  place = place % #lines + 1
  return lines[place]
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format(
    '{"rate": %f, "p50": %f, "p99": %f, "requests": %d, "refused": %d, "failed": %d}\n',
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.requests, summary.errors.status, failed))
end
