-- What wrk sends: each exchange takes a token of its own, each refresh a
-- refresh token of an earlier reply. Prints the result as one line of JSON.
-- measure.py says what the arguments, NAME=VALUE, stand for. One thread: each
-- has a Lua of its own, and two would send the same tokens.

local APP = "client_id=4123121235.9872358710"
  .. "&client_secret=e1b9e11dfcd19c1982d5de12921e17e8c"

local settings = {depth = 1, every = math.huge, expect = '"ok":true'}
local refresh_tokens = {}
local between, call
local sent = 0

-- wrk hands globals of a thread to done(), and nothing else.
next_token = 1
wrong = 0
last_wrong = ""

-- A request but for its token; the length of that is part of the head, and few
-- lengths occur.
local function request_writer(method, form)
  local starts = {}
  local close = settings.close and "Connection: close\r\n" or ""
  return function(token)
    local start = starts[#token]
    if not start then
      start = string.format(
        "POST /api/%s HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: wrk\r\n"
        .. "Accept: */*\r\n"
        .. "Content-Type: application/x-www-form-urlencoded\r\n"
        .. "%sContent-Length: %d\r\n\r\n%s",
        method, close, #form + #token, form)
      starts[#token] = start
    end
    return start .. token
  end
end

local function exchanges()
  local first, last = tonumber(settings.first), tonumber(settings.last)
  local write = request_writer("oauth.v2.exchange",
                               APP .. "&token=xoxb-generated-")
  next_token = first
  return function()
    local token = next_token
    next_token = token < last and token + 1 or 1
    return write(tostring(token))
  end
end

local function refreshes()
  local write = request_writer(
    "oauth.v2.access", APP .. "&grant_type=refresh_token&refresh_token=")
  for token in settings.refresh:gmatch("[^,]+") do
    table.insert(refresh_tokens, token)
  end
  return function() return write(table.remove(refresh_tokens)) end
end

-- Calls of another method, each with the first token.
local function others()
  local write = request_writer(settings.method,
                               settings.form .. "&token=xoxb-generated-")
  return function() return write("1") end
end

function init(arguments)
  for _, argument in ipairs(arguments) do
    local name, value = argument:match("^(%w+)=(.*)$")
    settings[name] = tonumber(value) or value
  end
  call = settings.refresh and refreshes() or settings.method and others()
    or exchanges()
  between = settings.between and settings.between
    .. " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n"
end

local function next_request()
  sent = sent + 1
  return sent % settings.every == 0 and between or call()
end

function request()
  if settings.depth == 1 then return next_request() end
  local batch = {}
  for place = 1, settings.depth do batch[place] = next_request() end
  return table.concat(batch)
end

function response(_, _, body)
  if not body:find(settings.expect, 1, true) then
    wrong = wrong + 1
    last_wrong = body
  end
  if settings.refresh then
    table.insert(refresh_tokens, body:match('"refresh_token":"([^"]+)'))
  end
end

local thread

function setup(the_only_one) thread = the_only_one end

function done(summary, latency)
  local errors = 0
  for _, count in pairs(summary.errors) do errors = errors + count end
  if thread:get("wrong") > 0 then
    io.stderr:write("load: wanted another reply than ",
                    thread:get("last_wrong"), "\n")
  end
  local seconds = summary.duration / 1e6
  print(string.format(
    '{"calls":%d,"seconds":%f,"per_second":%.1f,"p50_us":%d,"p99_us":%d,'
    .. '"next_token":%d,"wrong":%d,"errors":%d}',
    summary.requests, seconds, summary.requests / seconds,
    latency:percentile(50), latency:percentile(99), thread:get("next_token"),
    thread:get("wrong"), errors))
end
