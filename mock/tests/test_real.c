/* Functions of real numbers, beside those of the C library. */
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "base/real.h"
#include "check.h"

#define MANY 100000

/* Some last bits; cosines near 0 have more of them wrong. */
static void assert_near(double found, double wanted, double scale)
{
    if (fabs(found - wanted) > 8 * DBL_EPSILON * scale)
        fail_msg("found %.17g, wanted %.17g", found, wanted);
}

static void logarithms_are_right(void **state)
{
    struct random random;

    (void)state;
    random_init(&random, 1, RANDOM_CHANCES);
    assert_true(real_logarithm(1) == 0);
    for (int i = 0; i < MANY; i++) {
        const double number = 1 - random_fraction(&random);

        assert_near(real_logarithm(number), log(number), fabs(log(number)));
    }
    for (int i = 0; i < 640; i++) {
        const double number = pow(3, -i);

        assert_near(real_logarithm(number), log(number), fabs(log(number)));
    }
}

static void exponentials_are_right(void **state)
{
    struct random random;

    (void)state;
    random_init(&random, 1, RANDOM_CHANCES);
    assert_true(real_exponential(0) == 1);
    for (int i = 0; i < MANY; i++) {
        const double power = 200 * random_fraction(&random) - 100;

        assert_near(real_exponential(power), exp(power), exp(power));
    }
    assert_true(real_exponential(-700) > 0);
    assert_true(isfinite(real_exponential(700)));
}

static void cosines_are_right(void **state)
{
    const double turn = 6.28318530717958648;
    struct random random;

    (void)state;
    random_init(&random, 1, RANDOM_CHANCES);
    assert_true(real_cosine_of_turns(0) == 1);
    assert_true(real_cosine_of_turns(0.5) == -1);
    assert_true(real_cosine_of_turns(0.25) == 0);
    for (int i = 0; i < MANY; i++) {
        const double turns = random_fraction(&random);

        assert_near(real_cosine_of_turns(turns), cos(turn * turns), 1);
    }
}

#define ADD(function) add_test_with(&list, function, NULL, NULL)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(logarithms_are_right);
    ADD(exponentials_are_right);
    ADD(cosines_are_right);
    return run_list("real", &list);
}
