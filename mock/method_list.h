/*
 * What `--list-methods` and `--list-errors METHOD` print.
 */
#ifndef SLACKMOCK_METHOD_LIST_H
#define SLACKMOCK_METHOD_LIST_H

struct method_facts;
struct scenario;

/*
 * Prints every method, one a line: its name, how it is answered (`state`: by
 * code that keeps one, `data`: by what is documented or described, `stub`,
 * `gone`), verb, tier, kinds of token, scopes. Those that Slack does not have
 * come last.
 */
void method_list_print(const struct scenario *scenario);

/*
 * Prints the errors of a method, its own and then those of all methods, and its
 * warnings, one a line.
 */
void method_list_print_errors(const struct method_facts *facts);

#endif
