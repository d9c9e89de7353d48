/*
 * Functions of real numbers, with the same bits on every machine: those of the
 * C library may differ in the last one, from library to library. The results
 * are right but for that bit.
 */
#ifndef SLACKMOCK_REAL_H
#define SLACKMOCK_REAL_H

/* The natural logarithm of a positive number. */
double real_logarithm(double number);

/* e to that power, which is between -700 and 700. */
double real_exponential(double power);

/* The cosine of so many whole turns; from 0 on, below 1. */
double real_cosine_of_turns(double turns);

#endif
