import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.util.json.GsonFactory;

/** Makes a call and tells what its developer would have in hand. */
final class Outcome {
    private Outcome() {
    }

    static JsonObject of(Request request, Apps apps) {
        App app = apps.get(request.settings());
        Calls.Call call = Calls.named(request.name()).orElseThrow();
        return of(app.slack().getConfig(), () -> call.make(app.client(), request.arguments()));
    }

    /** What comes of a call that may throw whatever the SDK throws. */
    static JsonObject of(SlackConfig config, Callable<? extends SlackApiTextResponse> call) {
        try {
            SlackApiTextResponse response = call.call();
            JsonElement body = GsonFactory.createSnakeCase(config).toJsonTree(response);
            return outcome(null, null, body, response.getHttpResponseHeaders());
        } catch (SlackApiException e) {
            return outcome(e, e.getResponse().code(), body(e), e.getResponse().headers().toMultimap());
        } catch (Exception e) {
            return outcome(e, null, null, null);
        }
    }

    static JsonObject outcome(Exception e, Integer status, JsonElement body,
            Map<String, List<String>> headers) {
        JsonObject outcome = new JsonObject();
        outcome.addProperty("outcome", e == null ? "returned" : "raised");
        outcome.addProperty("exception", e == null ? null : e.getClass().getSimpleName());
        outcome.add("code", JsonNull.INSTANCE);
        outcome.addProperty("message", e == null ? null : e.getMessage());
        outcome.addProperty("status", status);
        outcome.addProperty("retry_after", headers == null ? null : seconds(headers.get("retry-after")));
        outcome.add("body", body);
        outcome.add("headers", headers == null ? null : joined(headers));
        return outcome;
    }

    /** The reply as it came: the exception's own parsed error has only some of its fields. */
    private static JsonElement body(SlackApiException e) {
        try {
            return Json.parse(e.getResponseBody());
        } catch (IOException notJson) {
            return new JsonPrimitive(e.getResponseBody());
        }
    }

    /** Null for a header that is absent or no number; what it holds is among the headers. */
    private static Long seconds(List<String> retryAfter) {
        try {
            return retryAfter == null ? null : Long.valueOf(retryAfter.get(0));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static JsonObject joined(Map<String, List<String>> headers) {
        JsonObject joined = new JsonObject();
        new TreeMap<>(headers).forEach((name, values) -> joined.addProperty(name, String.join(", ", values)));
        return joined;
    }
}
