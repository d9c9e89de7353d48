/*
 * How the values of options are read into struct options. After the first that
 * is refused, ACTION_REFUSE stands.
 */
#ifndef SLACKMOCK_OPTION_VALUES_H
#define SLACKMOCK_OPTION_VALUES_H

#include <stddef.h>
#include <stdint.h>

#include "option_table.h"

/* Says on stderr what is wrong, after the program's name. */
void __attribute__((format(printf, 2, 3)))
option_refuse(struct options *options, const char *format, ...);

/*
 * Does what an option says. `text` is its value: of a flag 1 or 0, of an action
 * nothing. Where a row reads it by itself it may lend from it, unless the
 * option is a list.
 */
void option_take(struct options *options, const struct option_row *row,
                 const char *text);

/* What is served; the same is an operand and a variable. */
void option_read_scenario(struct options *options, const char *name);

/* Of a server to ask for its health: http:// alone. */
void option_read_health_url(struct options *options, const char *url);

void option_read_address(struct options *options, const char *text);
void option_read_port_file(struct options *options, const char *path);
void option_read_control_token(struct options *options, const char *token);
void option_read_ca_directory(struct options *options, const char *path);
void option_read_state(struct options *options, const char *path);
void option_read_event_host(struct options *options, const char *text);
void option_read_log_format(struct options *options, const char *text);

#endif
