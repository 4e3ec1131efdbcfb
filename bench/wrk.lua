-- Sends the requests of a file in random order: method, path, token and body, a line each.
local requests = {}

function init(args)
	math.randomseed(os.time())
	for line in io.lines(args[1]) do
		local method, path, token, tag, body = line:match("^(.-)\t(.-)\t(.-)\t(.-)\t(.*)$")
		local headers = { ["Authorization"] = "Bearer " .. token }
		if tag ~= "" then headers["If-None-Match"] = tag end
		if body ~= "" then headers["Content-Type"] = "application/json" else body = nil end
		requests[#requests + 1] = wrk.format(method, path, headers, body)
	end
end

function request() return requests[math.random(#requests)] end

function done(summary, latency)
	local e = summary.errors
	io.write(string.format('RESULT {"requests": %d, "microseconds": %d, "p50": %d, "p99": %d, "failed": %d}\n',
		summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
		e.connect + e.read + e.write + e.status + e.timeout))
end
