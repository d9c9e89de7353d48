import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.slack.api.Slack;
import com.slack.api.app_backend.SlackSignature;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import com.slack.api.model.event.AppHomeOpenedEvent;
import com.slack.api.model.view.View;

import static com.slack.api.model.block.Blocks.asBlocks;
import static com.slack.api.model.block.Blocks.input;
import static com.slack.api.model.block.Blocks.section;
import static com.slack.api.model.block.composition.BlockCompositions.markdownText;
import static com.slack.api.model.block.composition.BlockCompositions.plainText;
import static com.slack.api.model.block.element.BlockElements.plainTextInput;
import static com.slack.api.model.view.Views.view;
import static com.slack.api.model.view.Views.viewSubmit;
import static com.slack.api.model.view.Views.viewTitle;

/** Small Bolt apps: a command, a message, a modal and a home tab. */
final class SmallApps {
    static final Set<String> NAMES = Set.of("bolt.post");

    private static final String SIGNING_SECRET = "secret";

    private record Small(App app, AppConfig config) {
    }

    private final Apps apps;
    private final Map<Apps.Settings, Small> small = new HashMap<>();

    SmallApps(Apps apps) {
        this.apps = apps;
    }

    JsonObject outcome(Request request) {
        Map<String, String> arguments = request.arguments();
        Small at = small.computeIfAbsent(request.settings(),
                settings -> create(apps.get(settings).slack(), arguments.get("token")));
        try {
            Response response = at.app.run(signed(at.config, arguments.get("type"), arguments.get("body")));
            String body = response.getBody() == null ? "" : response.getBody();
            return Outcome.outcome(null, response.getStatusCode(), new JsonPrimitive(body), null);
        } catch (Exception e) {
            return Outcome.outcome(e, null, null, null);
        }
    }

    private static Small create(Slack slack, String token) {
        AppConfig config = AppConfig.builder()
                .slack(slack)
                .signingSecret(SIGNING_SECRET)
                .singleTeamBotToken(token)
                .build();
        App app = new App(config);
        addListeners(app);
        app.start();
        return new Small(app, config);
    }

    private static void addListeners(App app) {
        app.command("/task", (request, context) -> {
            context.client().viewsOpen(r -> r.triggerId(context.getTriggerId()).view(modal()));
            return context.ack("Opening");
        });
        app.message("hello", (request, context) -> {
            context.say("Hello <@" + request.getEvent().getUser() + ">");
            return context.ack();
        });
        app.viewSubmission("task", (request, context) -> {
            String title = request.getPayload().getView().getState().getValues().get("title").get("text").getValue();
            if (title.length() < 3) {
                return context.ackWithErrors(Map.of("title", "Too short"));
            }
            context.client().chatPostMessage(r -> r.channel(context.getRequestUserId()).text(title));
            return context.ack();
        });
        app.event(AppHomeOpenedEvent.class, (request, context) -> {
            String user = request.getEvent().getUser();
            context.client().viewsPublish(r -> r.userId(user).view(homeOf(user)));
            return context.ack();
        });
    }

    private static View modal() {
        return view(v -> v.type("modal").callbackId("task")
                .title(viewTitle(t -> t.type("plain_text").text("New task")))
                .submit(viewSubmit(s -> s.type("plain_text").text("Add")))
                .blocks(asBlocks(input(i -> i.blockId("title").label(plainText("Title"))
                        .element(plainTextInput(e -> e.actionId("text")))))));
    }

    private static View homeOf(String user) {
        return view(v -> v.type("home")
                .blocks(asBlocks(section(s -> s.text(markdownText("Tasks of <@" + user + ">"))))));
    }

    /** The request as Slack sends it. */
    private static com.slack.api.bolt.request.Request<?> signed(AppConfig config, String type, String body) {
        String time = Long.toString(System.currentTimeMillis() / 1000);
        RequestHeaders headers = new RequestHeaders(Map.of(
                "Content-Type", List.of(type),
                "X-Slack-Request-Timestamp", List.of(time),
                "X-Slack-Signature",
                List.of(new SlackSignature.Generator(SIGNING_SECRET).generate(time, body))));
        return new SlackRequestParser(config).parse(SlackRequestParser.HttpRequest.builder()
                .requestUri("/slack/events")
                .requestBody(body)
                .headers(headers)
                .build());
    }
}
