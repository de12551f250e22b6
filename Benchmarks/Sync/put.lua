-- Writes one value of 512 bytes after the other, each under a key of its own. The first argument says to whom, the second is
-- the token for Hive. Prints what came of it as JSON.
local format, number, thread = nil, 0, 0
local words = { "node", "disk", "restart", "upgrade", "queue", "replica", "latency", "certificate", "backup", "cluster" }

local function base64(text)
  local letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  local padding = #text % 3 == 0 and 0 or 3 - #text % 3
  text = text .. string.rep("\0", padding)
  local out = {}
  for index = 1, #text, 3 do
    local a, b, c = text:byte(index, index + 2)
    local bits = a * 65536 + b * 256 + c
    for shift = 18, 0, -6 do
      local place = math.floor(bits / 2 ^ shift) % 64 + 1
      out[#out + 1] = letters:sub(place, place)
    end
  end
  local encoded = table.concat(out)
  return encoded:sub(1, #encoded - padding) .. string.rep("=", padding)
end

local function value(seed)
  local parts, length = {}, 0
  while length < 512 do
    seed = (seed * 1103515245 + 12345) % 2147483648
    local word = words[math.floor(seed / 65536) % #words + 1] .. " "
    parts[#parts + 1] = word
    length = length + #word
  end
  return table.concat(parts):sub(1, 512)
end

local formats = {
  hive = function(token)
    local headers = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }
    return function(key, text)
      local body = string.format('{"content":"%s","scope":"collective:main"}', (key .. " " .. text):sub(1, 512))
      return wrk.format("POST", "/api/v1/memories", headers, body)
    end
  end,
  etcd = function()
    local headers = { ["Content-Type"] = "application/json" }
    return function(key, text)
      local body = string.format('{"key":"%s","value":"%s"}', base64(key), base64(text))
      return wrk.format("POST", "/v3/kv/put", headers, body)
    end
  end,
}

function init(arguments)
  format = formats[arguments[1]](arguments[2])
  number = os.time() % 100000 * 1000000
end

function request()
  number = number + 1
  return format("key-" .. number, value(number))
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format(
    '{"rate": %f, "p50": %f, "p99": %f, "requests": %d, "bad": %d}\n',
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.requests, failed + summary.errors.status))
end
