import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.slack.api.bolt.model.Bot;
import com.slack.api.bolt.model.Installer;
import com.slack.api.bolt.model.builtin.DefaultInstaller;
import com.slack.api.bolt.service.InstallationService;

/** An installation store in memory, which holds one installation, as the protocol spells it. */
final class Store implements InstallationService {
    private final List<String> deleted = new CopyOnWriteArrayList<>();
    private final Runnable onDeletion;
    private volatile DefaultInstaller installer;

    /** Awaits an installation. */
    Store(Runnable onDeletion) {
        this.onDeletion = onDeletion;
    }

    Store(JsonObject installation) {
        this(() -> {
        });
        installer = DefaultInstaller.builder()
                .appId(text(installation, "app_id"))
                .teamId(text(installation, "team_id"))
                .isEnterpriseInstall(false)
                .installerUserId(text(installation, "user_id"))
                .installerUserScope(text(installation, "user_scopes"))
                .installerUserAccessToken(text(installation, "user_token"))
                .installerUserRefreshToken(text(installation, "user_refresh_token"))
                .installerUserTokenExpiresAt(expiresAt(installation, "user_expires_in"))
                .botId(text(installation, "bot_id"))
                .botUserId(text(installation, "bot_user_id"))
                .botScope(text(installation, "bot_scopes"))
                .botAccessToken(text(installation, "bot_token"))
                .botRefreshToken(text(installation, "bot_refresh_token"))
                .botTokenExpiresAt(expiresAt(installation, "bot_expires_in"))
                .build();
    }

    /** What Bolt wanted gone. */
    List<String> deleted() {
        return deleted;
    }

    /** Null without an installation. */
    DefaultInstaller installer() {
        return installer;
    }

    /** As if so many seconds had gone by. */
    void advance(long seconds) {
        if (installer.getBotTokenExpiresAt() != null) {
            installer.setBotTokenExpiresAt(installer.getBotTokenExpiresAt() - seconds * 1000);
        }
        if (installer.getInstallerUserTokenExpiresAt() != null) {
            installer.setInstallerUserTokenExpiresAt(installer.getInstallerUserTokenExpiresAt() - seconds * 1000);
        }
    }

    JsonElement toJson() {
        if (installer == null) {
            return JsonNull.INSTANCE;
        }
        JsonObject json = new JsonObject();
        json.addProperty("app_id", installer.getAppId());
        json.addProperty("team_id", installer.getTeamId());
        json.addProperty("user_id", installer.getInstallerUserId());
        json.addProperty("bot_id", installer.getBotId());
        json.addProperty("bot_user_id", installer.getBotUserId());
        json.addProperty("bot_scopes", installer.getBotScope());
        json.addProperty("bot_token", installer.getBotAccessToken());
        json.addProperty("bot_refresh_token", installer.getBotRefreshToken());
        json.addProperty("bot_expires_in", secondsLeft(installer.getBotTokenExpiresAt()));
        json.addProperty("user_scopes", installer.getInstallerUserScope());
        json.addProperty("user_token", installer.getInstallerUserAccessToken());
        json.addProperty("user_refresh_token", installer.getInstallerUserRefreshToken());
        json.addProperty("user_expires_in", secondsLeft(installer.getInstallerUserTokenExpiresAt()));
        return json;
    }

    private static String text(JsonObject json, String key) {
        return json.has(key) ? json.get(key).getAsString() : null;
    }

    private static Long expiresAt(JsonObject json, String key) {
        return json.has(key) ? System.currentTimeMillis() + json.get(key).getAsLong() * 1000 : null;
    }

    private static Long secondsLeft(Long expiresAt) {
        return expiresAt == null ? null : Math.round((expiresAt - System.currentTimeMillis()) / 1000.0);
    }

    @Override
    public boolean isHistoricalDataEnabled() {
        return false;
    }

    @Override
    public void setHistoricalDataEnabled(boolean enabled) {
    }

    @Override
    public void saveInstallerAndBot(Installer saved) {
        installer = (DefaultInstaller) saved;
    }

    @Override
    public void saveBot(Bot bot) {
        installer.setBotAccessToken(bot.getBotAccessToken());
        installer.setBotRefreshToken(bot.getBotRefreshToken());
        installer.setBotTokenExpiresAt(bot.getBotTokenExpiresAt());
    }

    @Override
    public void deleteBot(Bot bot) {
        installer.setBotAccessToken(null);
        noteDeletion("bot of " + bot.getTeamId());
    }

    @Override
    public void deleteInstaller(Installer deleted) {
        installer.setInstallerUserAccessToken(null);
        noteDeletion(deleted.getInstallerUserId() + " of " + deleted.getTeamId());
    }

    @Override
    public void deleteAll(String enterpriseId, String teamId) {
        installer = null;
        noteDeletion("all of " + teamId);
    }

    private void noteDeletion(String what) {
        deleted.add(what);
        onDeletion.run();
    }

    @Override
    public Bot findBot(String enterpriseId, String teamId) {
        return installer == null || installer.getBotAccessToken() == null ? null : installer.toBot();
    }

    @Override
    public Installer findInstaller(String enterpriseId, String teamId, String userId) {
        return installer;
    }
}
