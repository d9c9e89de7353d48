/* What writing and reading entries share. */
#ifndef SLACKMOCK_LOG_ENTRY_PARTS_H
#define SLACKMOCK_LOG_ENTRY_PARTS_H

/* The word for each enum input_kind, ended by NULL. */
extern const char *const log_entry_kinds[];

#endif
