import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** A line of input, understood. `installation` is null, and `advance` 0, when it says nothing of them. */
record Request(String name, Map<String, String> arguments, Apps.Settings settings, JsonObject installation,
        long advance) {
    /** Throws IllegalArgumentException, with a message for people, when the line cannot be understood. */
    static Request parse(String line) {
        JsonElement json;
        try {
            json = Json.parse(line);
        } catch (IOException e) {
            throw new IllegalArgumentException("the line is not JSON", e);
        }
        JsonObject request = object(json, "the line");
        String name = text(request.get("call"), "call");
        if (Calls.named(name).isEmpty()
                && !Refreshers.NAMES.contains(name)
                && !Listeners.NAMES.contains(name)
                && !SmallApps.NAMES.contains(name)) {
            throw new IllegalArgumentException("this client has no call " + name);
        }
        String baseUrl = text(request.get("base_url"), "base_url");

        Map<String, String> arguments = new HashMap<>();
        if (request.has("arguments")) {
            object(request.get("arguments"), "arguments").asMap()
                    .forEach((key, value) -> arguments.put(key, text(value, "arguments." + key)));
        }
        JsonObject client = request.has("client") ? object(request.get("client"), "client") : new JsonObject();
        Integer timeout = client.has("timeout") ? number(client.get("timeout"), "client.timeout") : null;
        JsonObject installation =
                request.has("installation") ? object(request.get("installation"), "installation") : null;
        int advance = request.has("advance") ? number(request.get("advance"), "advance") : 0;
        return new Request(name, arguments, new Apps.Settings(baseUrl, timeout), installation, advance);
    }

    private static JsonObject object(JsonElement json, String what) {
        if (!json.isJsonObject()) {
            throw new IllegalArgumentException(what + " is not an object");
        }
        return json.getAsJsonObject();
    }

    private static String text(JsonElement json, String what) {
        if (json == null || !json.isJsonPrimitive()) {
            throw new IllegalArgumentException(what + " is missing or not a plain value");
        }
        return json.getAsString();
    }

    private static int number(JsonElement json, String what) {
        try {
            return Integer.parseInt(text(json, what));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " is not a whole number", e);
        }
    }
}
