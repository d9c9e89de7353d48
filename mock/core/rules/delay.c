/*
 * Reads delays and draws them, uniform or log-normal. Response times of real
 * services are log-normal: most near the median, a few far above it.
 */
#include "rules/delay.h"

#include <cjson/cJSON.h>
#include <math.h>

#include "base/random.h"
#include "base/real.h"

#define SIGMA_MOST 10

static const struct json_field range_fields[] = {
    {.key = "min",
     .kind = FIELD_INTEGER,
     .required = true,
     .most = DELAY_MOST,
     .offset = offsetof(struct delay, least)},
    {.key = "max",
     .kind = FIELD_INTEGER,
     .required = true,
     .most = DELAY_MOST,
     .offset = offsetof(struct delay, most)},
    {.key = NULL},
};

static void read_sigma(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct delay *delay = target;

    json_read_number(reader, value, path, (struct number_range){0, SIGMA_MOST},
                     &delay->sigma);
}

static const struct json_field spread_fields[] = {
    {.key = "median",
     .kind = FIELD_INTEGER,
     .required = true,
     .most = DELAY_MOST,
     .offset = offsetof(struct delay, least)},
    {.key = "sigma", .kind = FIELD_OTHER, .required = true, .read = read_sigma},
    {.key = NULL},
};

const struct json_field *const delay_tables[] = {range_fields, spread_fields,
                                                 NULL};

static void read_range(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, struct delay *delay)
{
    delay->kind = DELAY_UNIFORM;
    if (json_fields_read(reader, value, path, range_fields, delay) &&
        delay->least > delay->most)
        mistake(reader->mistakes, reader->file, path,
                "found a min above the max");
}

void delay_read(const struct json_reader *reader, const struct cJSON *value,
                const struct json_path *path, struct delay *delay)
{
    static const char wanted[] =
        "a number of milliseconds, {\"min\", \"max\"} or {\"median\", "
        "\"sigma\"}";

    if (cJSON_IsNumber(value)) {
        delay->kind = DELAY_UNIFORM;
        if (json_read_integer(reader, value, path,
                              (struct integer_range){0, DELAY_MOST},
                              &delay->least))
            delay->most = delay->least;
    } else if (!cJSON_IsObject(value)) {
        mistake_found(reader->mistakes, reader->file, path, value, wanted);
    } else if (cJSON_GetObjectItemCaseSensitive(value, "median")) {
        delay->kind = DELAY_LOG_NORMAL;
        json_fields_read(reader, value, path, spread_fields, delay);
    } else {
        read_range(reader, value, path, delay);
    }
}

/*
 * Box and Muller 1958; the argument of the logarithm is never 0. A root is
 * rounded correctly everywhere.
 */
static double draw_normal(struct random *random)
{
    double radius = sqrt(-2 * real_logarithm(1 - random_fraction(random)));

    return radius * real_cosine_of_turns(random_fraction(random));
}

int64_t delay_draw(const struct delay *delay, struct random *random)
{
    double drawn;

    switch (delay->kind) {
    case DELAY_NONE:
        break;
    case DELAY_UNIFORM:
        if (delay->least == delay->most)
            return delay->least;
        drawn = random_fraction(random);
        return delay->least +
               (int64_t)(drawn * (double)(delay->most - delay->least + 1));
    case DELAY_LOG_NORMAL:
        drawn = (double)delay->least *
                real_exponential(delay->sigma * draw_normal(random));
        return drawn < DELAY_MOST ? (int64_t)(drawn + 0.5) : DELAY_MOST;
    }
    return 0;
}
