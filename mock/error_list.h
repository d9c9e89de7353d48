/*
 * What `--list-errors` prints.
 */
#ifndef SLACKMOCK_ERROR_LIST_H
#define SLACKMOCK_ERROR_LIST_H

/*
 * Prints the documented errors, then the warnings, one a line: its name, how a
 * request can cause it, its scenario file.
 */
void error_list_print(void);

#endif
