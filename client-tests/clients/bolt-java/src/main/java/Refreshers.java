import java.nio.charset.StandardCharsets;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.slack.api.Slack;
import com.slack.api.app_backend.SlackSignature;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.model.builtin.DefaultInstaller;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import com.slack.api.token_rotation.RefreshedToken;
import com.slack.api.token_rotation.TokenRotator;

/** What the SDK refreshes tokens with: its rotator called directly, and a Bolt app over an installation store. */
final class Refreshers {
    static final Set<String> NAMES = Set.of("rotate", "bolt.command");

    private static final String SIGNING_SECRET = "secret";

    /** A Bolt app whose store and last outcome are at hand. */
    private static final class Installed {
        private final Store store;
        private final App app;
        private final AppConfig config;
        private JsonObject listener;

        Installed(Store store, Slack slack, Map<String, String> arguments) {
            this.store = store;
            config = AppConfig.builder()
                    .slack(slack)
                    .signingSecret(SIGNING_SECRET)
                    .singleTeamBotToken(null)
                    .clientId(arguments.get("client_id"))
                    .clientSecret(arguments.get("client_secret"))
                    .scope("commands")
                    .build();
            app = new App(config);
            app.service(store);
            app.command("/ping", (request, context) -> {
                listener = Outcome.of(slack.getConfig(), () -> context.client().authTest(r -> r));
                return context.ack();
            });
            app.start();
        }
    }

    private final Apps apps;
    private final Map<Apps.Settings, Installed> installed = new HashMap<>();

    Refreshers(Apps apps) {
        this.apps = apps;
    }

    JsonObject outcome(Request request) {
        return request.name().equals("rotate") ? rotate(request) : command(request);
    }

    /** From now on `bolt.command` goes on with what that store holds. */
    void adopt(Request request, Store store) {
        installed.put(request.settings(), new Installed(store, apps.get(request.settings()).slack(), request.arguments()));
    }

    private JsonObject rotate(Request request) {
        Store store = new Store(request.installation());
        DefaultInstaller installer = store.installer();
        TokenRotator rotator = new TokenRotator(apps.get(request.settings()).client(),
                TokenRotator.DEFAULT_MILLISECONDS_BEFORE_EXPIRATION, request.arguments().get("client_id"),
                request.arguments().get("client_secret"));
        boolean refreshed = false;
        try {
            if (installer.getBotAccessToken() != null) {
                Optional<RefreshedToken> bot = rotator.performTokenRotation(current -> current
                        .accessToken(installer.getBotAccessToken())
                        .refreshToken(installer.getBotRefreshToken())
                        .expiresAt(installer.getBotTokenExpiresAt()));
                refreshed |= bot.isPresent();
                bot.ifPresent(token -> {
                    installer.setBotAccessToken(token.getAccessToken());
                    installer.setBotRefreshToken(token.getRefreshToken());
                    installer.setBotTokenExpiresAt(token.getExpiresAt());
                });
            }
            if (installer.getInstallerUserAccessToken() != null) {
                Optional<RefreshedToken> user = rotator.performTokenRotation(current -> current
                        .accessToken(installer.getInstallerUserAccessToken())
                        .refreshToken(installer.getInstallerUserRefreshToken())
                        .expiresAt(installer.getInstallerUserTokenExpiresAt()));
                refreshed |= user.isPresent();
                user.ifPresent(token -> {
                    installer.setInstallerUserAccessToken(token.getAccessToken());
                    installer.setInstallerUserRefreshToken(token.getRefreshToken());
                    installer.setInstallerUserTokenExpiresAt(token.getExpiresAt());
                });
            }
        } catch (Exception e) {
            return Outcome.outcome(e, null, null, null);
        }
        return Outcome.outcome(null, null, refreshed ? store.toJson() : JsonNull.INSTANCE, null);
    }

    private JsonObject command(Request request) {
        if (request.installation() != null) {
            installed.put(request.settings(), new Installed(new Store(request.installation()),
                    apps.get(request.settings()).slack(), request.arguments()));
        }
        Installed at = installed.get(request.settings());
        if (at == null) {
            throw new IllegalStateException("the first bolt.command of a base_url needs an installation");
        }
        at.store.advance(request.advance());
        at.listener = null;
        JsonObject outcome;
        try {
            Response response = at.app.run(signed(at));
            outcome = Outcome.outcome(null, response.getStatusCode(), null, null);
        } catch (Exception e) {
            outcome = Outcome.outcome(e, null, null, null);
        }
        outcome.add("listener", at.listener);
        outcome.add("installation", at.store.toJson());
        return outcome;
    }

    /** A slash command as Slack sends it, from the team and the person of the store. */
    private static com.slack.api.bolt.request.Request<?> signed(Installed at) {
        DefaultInstaller installer = at.store.installer();
        String body = form(Map.of("command", "/ping", "team_id", installer.getTeamId(), "user_id",
                installer.getInstallerUserId(), "api_app_id", installer.getAppId(), "channel_id", "C0CHANNEL",
                "trigger_id", "1.1", "response_url", "http://127.0.0.1/"));
        String time = Long.toString(System.currentTimeMillis() / 1000);
        RequestHeaders headers = new RequestHeaders(Map.of(
                "Content-Type", List.of("application/x-www-form-urlencoded"),
                "X-Slack-Request-Timestamp", List.of(time),
                "X-Slack-Signature",
                List.of(new SlackSignature.Generator(SIGNING_SECRET).generate(time, body))));
        return new SlackRequestParser(at.config).parse(SlackRequestParser.HttpRequest.builder()
                .requestUri("/slack/events")
                .requestBody(body)
                .headers(headers)
                .build());
    }

    private static String form(Map<String, String> fields) {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&").append(name).append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString();
    }
}
