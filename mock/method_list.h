/*
 * What `--list-methods` and `--list-errors METHOD` print.
 */
#ifndef SLACKMOCK_METHOD_LIST_H
#define SLACKMOCK_METHOD_LIST_H

/*
 * Prints every method, one a line: its name, how it is answered (`state`: by
 * code that keeps one, `data`: by what is documented, `gone`), verb, tier,
 * kinds of token, scopes.
 */
void method_list_print(void);

/*
 * Prints the errors of a method, its own and then those of all methods, and its
 * warnings, one a line.
 */
struct method_facts;
void method_list_print_errors(const struct method_facts *facts);

/* The method whose name is nearest to one that is none; NULL: none is near. */
const char *method_list_nearest(const char *name);

#endif
