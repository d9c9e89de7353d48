/*
 * Series, after the argument was brought near to 0. Nothing is used but sums,
 * products, quotients and functions that are exact.
 */
#include "base/real.h"

#include <math.h>

#define HALF_ROOT 0.70710678118654752
#define TWO_PI    6.28318530717958648
/* The logarithm of 2: a part without its last bits, and the rest. */
#define LOG_2_HIGH 6.93147180369123816490e-01
#define LOG_2_LOW  1.90821492927058770002e-10

/* 2 * atanh(s), s at most 0.172 for a mantissa between the roots of 1/2 and 2.
 */
static double logarithm_of_mantissa(double mantissa)
{
    const double s = (mantissa - 1) / (mantissa + 1);
    const double square = s * s;
    double sum = 0;

    for (int power = 25; power >= 1; power -= 2)
        sum = sum * square + 1.0 / power;
    return 2 * s * sum;
}

double real_logarithm(double number)
{
    int exponent;
    double mantissa = frexp(number, &exponent);

    if (mantissa < HALF_ROOT) {
        mantissa *= 2;
        exponent--;
    }
    return exponent * LOG_2_HIGH +
           (logarithm_of_mantissa(mantissa) + exponent * LOG_2_LOW);
}

double real_exponential(double power)
{
    const double twos = floor(power / (LOG_2_HIGH + LOG_2_LOW) + 0.5);
    const double rest = (power - twos * LOG_2_HIGH) - twos * LOG_2_LOW;
    double sum = 1;

    for (int term = 18; term >= 1; term--)
        sum = 1 + sum * rest / term;
    return ldexp(sum, (int)twos);
}

/* Of an angle up to an eighth of a turn; `first` is 1 for the cosine's series,
 * 2 for the sine's. */
static double alternate(double angle, int first)
{
    double sum = 1;

    for (int place = first + 20; place > first; place -= 2)
        sum = 1 - sum * angle * angle / (place * (place - 1));
    return sum;
}

double real_cosine_of_turns(double turns)
{
    const double quarter = floor(turns * 4 + 0.5);
    const double angle = TWO_PI * (turns - quarter / 4);

    switch ((int)quarter % 4) {
    case 0:
        return alternate(angle, 0);
    case 1:
        return -angle * alternate(angle, 1);
    case 2:
        return -alternate(angle, 0);
    default:
        return angle * alternate(angle, 1);
    }
}
