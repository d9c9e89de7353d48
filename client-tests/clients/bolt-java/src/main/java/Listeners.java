import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import com.google.gson.JsonObject;

/** The apps that listen, by base URL and settings. */
final class Listeners {
    static final Set<String> NAMES = Set.of("bolt.listen", "bolt.heard", "bolt.installed");

    private final Apps apps;
    private final Refreshers refreshers;
    private final Map<Apps.Settings, Listening> listening = new HashMap<>();

    Listeners(Apps apps, Refreshers refreshers) {
        this.apps = apps;
        this.refreshers = refreshers;
    }

    JsonObject outcome(Request request) {
        try {
            return request.name().equals("bolt.listen") ? listen(request) : tell(request);
        } catch (Exception e) {
            return Outcome.outcome(e, null, null, null);
        }
    }

    /** Else their threads would keep the program. */
    void stop() {
        listening.values().forEach(Listening::stop);
    }

    private JsonObject listen(Request request) throws Exception {
        Listening started = new Listening(apps.get(request.settings()).slack(), request.arguments());
        Listening replaced = listening.put(request.settings(), started);
        if (replaced != null) {
            replaced.stop();
        }
        refreshers.adopt(request, started.store());
        JsonObject outcome = Outcome.outcome(null, null, null, null);
        outcome.addProperty("port", started.port());
        return outcome;
    }

    private JsonObject tell(Request request) throws Exception {
        Listening asked = listening.get(request.settings());
        if (asked == null) {
            throw new IllegalStateException(request.name() + " wants a bolt.listen before it");
        }
        if (request.name().equals("bolt.heard")) {
            return asked.heard(number(request, "count"), number(request, "deletions"));
        }
        JsonObject outcome = Outcome.outcome(null, null, null, null);
        outcome.add("installation", asked.store().toJson());
        return outcome;
    }

    private static int number(Request request, String name) {
        return Integer.parseInt(request.arguments().getOrDefault(name, "0"));
    }
}
