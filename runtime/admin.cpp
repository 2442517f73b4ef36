#include "runtime/admin.h"

#include "ports/http_problem.h"

namespace bramble {
namespace {

HttpResponse text_response(int status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  response.headers.add("Cache-Control", "no-store");
  response.body = std::move(body);
  return response;
}

Task<HttpResponse> answer(HttpResponse response) { co_return response; }

HttpResponse ready_response(bool ready) {
  return ready ? text_response(200, "ready\n") : text_response(503, "not ready\n");
}

}  // namespace

HttpResponse health_response(const std::vector<HealthLine>& lines) {
  HttpResponse response;
  bool ok = std::all_of(lines.begin(), lines.end(), [](const auto& line) { return line.ok; });
  response.status = ok ? 200 : 503;
  response.headers.add("Content-Type", "application/json");
  response.headers.add("Cache-Control", "no-store");
  auto& json = response.body;
  json = ok ? R"({"ok":true,"parts":[)" : R"({"ok":false,"parts":[)";
  for (const auto& line : lines) {
    if (json.back() == '}') json.push_back(',');
    json += "{\"part\":";
    append_json_string(json, line.part);
    json += line.ok ? ",\"ok\":true,\"detail\":" : ",\"ok\":false,\"detail\":";
    append_json_string(json, line.detail);
    if (line.since) {
      json += ",\"since\":";
      append_json_string(json, to_rfc3339(*line.since));
    }
    json.push_back('}');
  }
  json += "]}";
  return response;
}

HttpHandler admin_handler(AdminSources sources) {
  return [sources = std::move(sources)](HttpRequest request) {
    HttpResponse response;
    if (request.method != "GET" && request.method != "HEAD") {
      response = problem_response(405, "method_not_allowed", {}, "only GET is answered here", {});
      response.headers.add("Allow", "GET");
    } else if (request.path == "/livez") {
      response = text_response(200, "alive\n");
    } else if (request.path == "/readyz") {
      response = ready_response(sources.ready());
    } else if (request.path == "/health") {
      response = health_response(sources.health());
    } else if (request.path == "/metrics") {
      response = text_response(200, sources.metrics());
      response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    } else {
      response =
          problem_response(404, "not_found", {}, "there are /livez, /readyz, /health and /metrics", {});
    }
    return answer(std::move(response));
  };
}

HttpHandler with_probes(HttpHandler handler, std::function<bool()> ready) {
  return [handler = std::move(handler), ready = std::move(ready)](HttpRequest request) {
    bool reads = request.method == "GET" || request.method == "HEAD";
    bool probe = reads && (request.path == "/livez" || request.path == "/readyz");
    if (!probe) return handler(std::move(request));
    return answer(request.path == "/livez" ? text_response(200, "alive\n") : ready_response(ready()));
  };
}

}  // namespace bramble
