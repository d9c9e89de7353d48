import java.util.HashMap;
import java.util.Map;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;

/** One Bolt app for each base URL and settings, kept: an app has thread pools and connections of its own. */
final class Apps {
    /** A timeout of null is the SDK's own default. */
    record Settings(String baseUrl, Integer timeoutMillis) {
    }

    private final Map<Settings, App> apps = new HashMap<>();

    App get(Settings settings) {
        return apps.computeIfAbsent(settings, Apps::create);
    }

    private static App create(Settings settings) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(settings.baseUrl());
        config.setHttpClientReadTimeoutMillis(settings.timeoutMillis());
        return new App(AppConfig.builder()
                .slack(Slack.getInstance(config))
                // Else it would be the environment's SLACK_BOT_TOKEN.
                .singleTeamBotToken(null)
                .build());
    }
}
