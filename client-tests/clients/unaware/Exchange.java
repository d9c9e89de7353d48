import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.request.oauth.OAuthV2ExchangeRequest;
import com.slack.api.methods.response.oauth.OAuthV2ExchangeResponse;

/** Exchanges a token COUNT times with a client that knows only slack.com: Exchange COUNT [BASE_URL ...]. */
public class Exchange {
    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        if (args.length == 1) {
            exchange(count, new SlackConfig());
        }
        for (int i = 1; i < args.length; i++) {
            SlackConfig config = new SlackConfig();
            config.setMethodsEndpointUrlPrefix(args[i]);
            exchange(count, config);
        }
    }

    private static void exchange(int count, SlackConfig config) throws Exception {
        try (Slack slack = Slack.getInstance(config)) {
            for (int i = 0; i < count; i++) {
                System.out.println(outcome(slack));
            }
        }
    }

    private static String outcome(Slack slack) {
        try {
            OAuthV2ExchangeResponse response = slack.methods().oauthV2Exchange(OAuthV2ExchangeRequest.builder()
                    .clientId("4123121235.9872358710")
                    .clientSecret("e1b9e11dfcd19c1982d5de12921e17e8c")
                    .token("xoxb-12345-67890-abcdefg")
                    .build());
            return response.isOk() ? "ok" : "error " + response.getError();
        } catch (Exception exception) {
            return "raised " + exception.getClass().getSimpleName();
        }
    }
}
