import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import com.google.gson.JsonObject;

/** Reads a request a line and writes an outcome a line, as the README of the clients says. */
public final class Main {
    public static void main(String[] args) throws IOException {
        Logs logs = new Logs();
        Apps apps = new Apps();
        Refreshers refreshers = new Refreshers(apps);
        Listeners listeners = new Listeners(apps, refreshers);
        SmallApps smallApps = new SmallApps(apps);
        // Streams of our own: those of System follow the locale, the protocol is UTF-8 always.
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(
                    Json.write(answer(line, request -> outcome(request, apps, refreshers, listeners, smallApps), logs)));
        }
        listeners.stop();
    }

    private static JsonObject outcome(
            Request request, Apps apps, Refreshers refreshers, Listeners listeners, SmallApps smallApps) {
        if (Refreshers.NAMES.contains(request.name())) {
            return refreshers.outcome(request);
        }
        if (Listeners.NAMES.contains(request.name())) {
            return listeners.outcome(request);
        }
        return SmallApps.NAMES.contains(request.name()) ? smallApps.outcome(request) : Outcome.of(request, apps);
    }

    private static JsonObject answer(String line, Function<Request, JsonObject> perform, Logs logs) {
        Request request;
        try {
            request = Request.parse(line);
        } catch (IllegalArgumentException e) {
            JsonObject failure = new JsonObject();
            failure.addProperty("failure", e.getMessage());
            return failure;
        }
        JsonObject outcome = perform.apply(request);
        outcome.add("logs", logs.take());
        return outcome;
    }
}
