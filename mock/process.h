/*
 * The program as a process: descriptors, signals, the port file, stdout and
 * stderr.
 */
#ifndef SLACKMOCK_PROCESS_H
#define SLACKMOCK_PROCESS_H

#include <stdbool.h>

#include "base/buffer.h"

/* To be called first of all. */
void process_prepare(void);

/* In another program's process, before exec: undoes what it would inherit. */
void process_undo_prepare(void);

/*
 * From here on no signal that ends a program by default ends this one. Those
 * that come wait until it has ended by itself.
 */
void process_hold_signals(void);

/*
 * Removes the port file of an earlier run, or of this one; that there is none
 * is no failure. Returns 0, or -1 with the reason added to `why`.
 */
int process_remove_port(const char *path, struct buffer *why);

/*
 * Writes the port to a file that appears whole, by renaming it into place.
 * Returns 0, or -1 with the reason added to `why`.
 */
int process_write_port(const char *path, int port, struct buffer *why);

/*
 * The port that such a file holds. Returns it, or -1 with the reason added to
 * `why`.
 */
int process_read_port(const char *path, struct buffer *why);

/* False if there is no waiting for standard input: all that is there is. */
bool process_input_can_wait(void);

/* Writes `slackmock: TEXT` to stderr, in one line whatever the text holds. */
void process_complain(const char *text);

/* Flushes stdout. Returns 0, or -1 with the reason added to `why`. */
int process_flush_stdout(struct buffer *why);

#endif
