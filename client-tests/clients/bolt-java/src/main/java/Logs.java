import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** Collects warnings and errors in place of java.util.logging's own handlers. */
final class Logs extends Handler {
    private JsonArray records = new JsonArray();

    Logs() {
        LogManager.getLogManager().reset();
        setLevel(Level.WARNING);
        Logger.getLogger("").addHandler(this);
    }

    /** What was logged since the last time. */
    synchronized JsonArray take() {
        JsonArray taken = records;
        records = new JsonArray();
        return taken;
    }

    @Override
    public synchronized void publish(LogRecord logged) {
        if (!isLoggable(logged)) {
            return;
        }
        JsonObject json = new JsonObject();
        json.addProperty("level", logged.getLevel() == Level.SEVERE ? "error" : "warn");
        json.addProperty("message", logged.getMessage());
        records.add(json);
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
    }
}
