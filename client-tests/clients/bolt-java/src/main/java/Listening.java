import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.slack.api.Slack;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A Bolt app on a port of its own, which hears events; one that is given a client can be installed too. */
final class Listening {
    private static final long PATIENCE_MILLIS = 10_000;

    private final Store store = new Store(this::wake);
    private final List<Integer> statuses = new ArrayList<>();
    private final HttpServer server;
    private final AppConfig config;
    private final App app;

    Listening(Slack slack, Map<String, String> arguments) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        config = AppConfig.builder()
                .slack(slack)
                .signingSecret(arguments.get("signing_secret"))
                .singleTeamBotToken(null)
                .clientId(arguments.get("client_id"))
                .clientSecret(arguments.get("client_secret"))
                .scope(arguments.get("scopes"))
                .userScope(arguments.get("user_scopes"))
                .redirectUri("http://127.0.0.1:" + port() + "/slack/oauth_redirect")
                .oauthInstallPath("/slack/install")
                .oauthRedirectUriPath("/slack/oauth_redirect")
                .build();
        app = new App(config).asOAuthApp(config.isDistributedApp());
        app.service(store);
        app.enableTokenRevocationHandlers();
        app.start();
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void stop() {
        server.stop(0);
    }

    Store store() {
        return store;
    }

    /** Waits until so many events came, and as many deletions. */
    synchronized JsonObject heard(int events, int deletions) throws InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (statuses.size() < events || store.deleted().size() < deletions) {
            long left = end - System.currentTimeMillis();
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        JsonArray answered = new JsonArray();
        statuses.forEach(answered::add);
        JsonArray deleted = new JsonArray();
        store.deleted().forEach(deleted::add);
        JsonObject outcome = Outcome.outcome(null, null, null, null);
        outcome.add("statuses", answered);
        outcome.add("deleted", deleted);
        return outcome;
    }

    private synchronized void wake() {
        notifyAll();
    }

    private synchronized void note(int status) {
        statuses.add(status);
        notifyAll();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Response response;
        try {
            response = app.run(new SlackRequestParser(config).parse(SlackRequestParser.HttpRequest.builder()
                    .requestUri(exchange.getRequestURI().getPath())
                    .queryString(queryOf(exchange))
                    .requestBody(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                    .headers(new RequestHeaders(exchange.getRequestHeaders()))
                    .remoteAddress(exchange.getRemoteAddress().getAddress().getHostAddress())
                    .build()));
        } catch (Exception e) {
            response = Response.builder().statusCode(500).body(e.toString()).build();
        }
        byte[] body = response.getBody() == null ? new byte[0] : response.getBody().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().putAll(response.getHeaders());
        exchange.getResponseHeaders().set("Content-Type", response.getContentType());
        exchange.sendResponseHeaders(response.getStatusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
        if (exchange.getRequestMethod().equals("POST")) {
            note(response.getStatusCode());
        }
    }

    private static Map<String, List<String>> queryOf(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        Map<String, List<String>> values = new HashMap<>();
        if (query == null) {
            return values;
        }
        for (String part : query.split("&")) {
            String[] pair = part.split("=", 2);
            values.computeIfAbsent(decoded(pair[0]), name -> new ArrayList<>())
                    .add(pair.length == 2 ? decoded(pair[1]) : "");
        }
        return values;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
