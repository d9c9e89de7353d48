/*
 * Options from the environment: --some-name as SLACKMOCK_SOME_NAME, a flag as 1
 * or 0, the scenario as SLACKMOCK_SCENARIO.
 */
#ifndef SLACKMOCK_ENVIRONMENT_H
#define SLACKMOCK_ENVIRONMENT_H

#include "option_table.h"

/*
 * Reads the variables of the options that were not given, and marks those as
 * given. Variables that belong to no option are ignored.
 */
void environment_take(struct options *options, bool given[OPTION_ROWS]);

#endif
