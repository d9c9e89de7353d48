/*
 * The kinds of steps that the workers of the soak test make, by the files that
 * they stand in, and what these files share.
 */
#ifndef CLIENT_TESTS_SOAK_STEPS_H
#define CLIENT_TESTS_SOAK_STEPS_H

#include "soak_worker.h"

/* soak_life.c: the tokens of the own sandbox. */
void soak_exchange(struct soak_worker *worker);
void soak_refresh(struct soak_worker *worker);
void soak_test_legacy(struct soak_worker *worker);
void soak_test_access(struct soak_worker *worker);
void soak_revoke_access(struct soak_worker *worker);
void soak_revoke_legacy(struct soak_worker *worker);
void soak_advance_clock(struct soak_worker *worker);
void soak_look_at_token(struct soak_worker *worker);
void soak_count_active(struct soak_worker *worker);

bool soak_life_exchange(struct soak_worker *worker, const char *legacy,
                        struct soak_answer *answer);
bool soak_life_refresh(struct soak_worker *worker, const char *refresh,
                       struct soak_answer *answer);

/* Those that succeeded, told to the model; its texts "" if the reply was lost.
 */
void soak_exchanged(struct soak_worker *worker, struct model_token *legacy,
                    const struct soak_answer *answer);
void soak_refreshed(struct soak_worker *worker, struct model_token *refresh,
                    const struct soak_answer *answer);

/* Its refresh token follows it; NULL if there is none at hand that is known. */
struct model_token *soak_random_access(struct soak_worker *worker);

/* soak_faults.c: a rule meets a call, and it is seen what becomes of both. */
void soak_fault_exchange(struct soak_worker *worker);
void soak_fault_refresh(struct soak_worker *worker);

/* soak_peers.c: clients that are hostile, broken, or in a hurry. */
void soak_odd_call(struct soak_worker *worker);
void soak_malformed(struct soak_worker *worker);
void soak_cut_body(struct soak_worker *worker);
void soak_reset_inside(struct soak_worker *worker);
void soak_reset_behind(struct soak_worker *worker);
void soak_pipeline(struct soak_worker *worker);
void soak_park(struct soak_worker *worker);

/* soak_sandbox.c: a sandbox comes, changes as a whole, and goes. */
bool soak_enter_sandbox(struct soak_worker *worker);
bool soak_leave_sandbox(struct soak_worker *worker);
void soak_move(struct soak_worker *worker);
void soak_reset_sandbox(struct soak_worker *worker);
void soak_replace_world(struct soak_worker *worker);
void soak_switch_rotation(struct soak_worker *worker);
void soak_refused_world(struct soak_worker *worker);
void soak_look_elsewhere(struct soak_worker *worker);
void soak_look_at_journal(struct soak_worker *worker);

/*
 * soak_journal.c: reads the journal of the worker's world, and checks it in
 * itself and against how many requests it must, and may, have got.
 */
bool soak_check_journal(struct soak_worker *worker, long least, long most);

/*
 * soak_operator.c: the main world, which one worker alone cares for, and the
 * file that it comes from. soak_last_look() is for when all others have gone.
 */
void soak_reload(struct soak_worker *worker);
void soak_reload_broken(struct soak_worker *worker);
void soak_reset_main_world(struct soak_worker *worker);
void soak_put_main_world(struct soak_worker *worker);
void soak_patch_main_world(struct soak_worker *worker);
void soak_main_journal(struct soak_worker *worker);
void soak_visit(struct soak_worker *worker);
void soak_list_sandboxes(struct soak_worker *worker);
bool soak_last_look(struct soak_worker *worker);

#endif
