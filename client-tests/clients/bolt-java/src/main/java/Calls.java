import java.io.IOException;
import java.util.Map;
import java.util.Optional;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;

/** The calls this client can make, by Slack's name for each: those that tests of tokens make, and any other. */
final class Calls {
    interface Call {
        /** An argument that is absent from the map is null for the SDK, which then does not send it. */
        SlackApiTextResponse make(MethodsClient client, Map<String, String> arguments)
                throws IOException, SlackApiException;
    }

    private static final Map<String, Call> BY_NAME = Map.of(
            "oauth.v2.exchange", (client, arguments) -> client.oauthV2Exchange(r -> r
                    .clientId(arguments.get("client_id"))
                    .clientSecret(arguments.get("client_secret"))
                    .token(arguments.get("token"))),
            "oauth.v2.access", (client, arguments) -> client.oauthV2Access(r -> r
                    .clientId(arguments.get("client_id"))
                    .clientSecret(arguments.get("client_secret"))
                    .grantType(arguments.get("grant_type"))
                    .refreshToken(arguments.get("refresh_token"))
                    .code(arguments.get("code"))),
            "auth.test", (client, arguments) -> client.authTest(r -> r.token(arguments.get("token"))),
            "auth.revoke", (client, arguments) -> client.authRevoke(r -> r
                    .token(arguments.get("token"))
                    .test("true".equals(arguments.get("test")))),
            "apps.uninstall", (client, arguments) -> client.appsUninstall(r -> r
                    .clientId(arguments.get("client_id"))
                    .clientSecret(arguments.get("client_secret"))
                    .token(arguments.get("token"))));

    private Calls() {
    }

    static Optional<Call> named(String name) {
        Call call = BY_NAME.get(name);
        return call == null ? AnyCall.named(name) : Optional.of(call);
    }
}
