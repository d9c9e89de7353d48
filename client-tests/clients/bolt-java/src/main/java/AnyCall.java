import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;

/** Any method of Slack's, found in the SDK by its name, with plain values as arguments. */
final class AnyCall {
    private AnyCall() {
    }

    /** Empty if the SDK has no such method. */
    static Optional<Calls.Call> named(String name) {
        String wanted = camelCase(name.replace('.', '_'));
        return Arrays.stream(MethodsClient.class.getMethods())
                .filter(method -> method.getName().equals(wanted) && takesRequest(method))
                .findFirst()
                .map(method -> (client, arguments) -> make(client, method, arguments));
    }

    private static boolean takesRequest(Method method) {
        return method.getParameterCount() == 1 && method.getParameterTypes()[0].getSimpleName().endsWith("Request");
    }

    private static SlackApiTextResponse make(MethodsClient client, Method method, Map<String, String> arguments)
            throws IOException, SlackApiException {
        try {
            Object builder = method.getParameterTypes()[0].getMethod("builder").invoke(null);
            for (Map.Entry<String, String> argument : arguments.entrySet()) {
                set(builder, camelCase(argument.getKey()), argument.getValue());
            }
            Method build = builder.getClass().getMethod("build");
            return (SlackApiTextResponse) method.invoke(client, build.invoke(builder));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof SlackApiException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An argument that this SDK does not have is left out. */
    private static void set(Object builder, String name, String value) throws ReflectiveOperationException {
        for (Method setter : builder.getClass().getMethods()) {
            boolean isOne = setter.getName().equals(name) || setter.getName().equals(name + "AsString");
            if (isOne && setter.getParameterCount() == 1) {
                Optional<Object> converted = convert(value, setter.getParameterTypes()[0]);
                if (converted.isPresent()) {
                    setter.invoke(builder, converted.get());
                    return;
                }
            }
        }
    }

    private static Optional<Object> convert(String value, Class<?> type) {
        if (type == String.class) {
            return Optional.of(value);
        }
        if (type == boolean.class || type == Boolean.class) {
            return Optional.of(Boolean.valueOf(value));
        }
        if (type == int.class || type == Integer.class) {
            return Optional.of(Integer.valueOf(value));
        }
        if (type == List.class && !value.startsWith("[")) {
            return Optional.of(List.of(value.split(",")));
        }
        return Optional.empty();
    }

    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_")) {
            camel.append(camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return camel.toString();
    }
}
