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

void option_read_number(struct options *options, const struct option_row *row,
                        const char *text, size_t *target);
void option_read_seconds(struct options *options, const struct option_row *row,
                         const char *text, int64_t *target);

void option_read_address(struct options *options, const char *text);
void option_read_port_file(struct options *options, const char *path);
void option_read_control_token(struct options *options, const char *token);
void option_read_ca_directory(struct options *options, const char *path);
void option_read_log_format(struct options *options, const char *text);

#endif
