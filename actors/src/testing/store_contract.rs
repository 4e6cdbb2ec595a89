//! What every store must do, as scenarios. A package that has a store calls
//! [`store_contract!`](crate::store_contract) once for each engine.

pub mod away;
pub mod calls;
pub mod dashboard;
pub mod desk;
pub mod duty;
pub mod groups;
pub mod held;
pub mod incidents;
pub mod outbox;
pub mod people;
pub mod requests;
pub mod running;
pub mod thrift;

/// Makes a test of each scenario. `$open` is the full path of an async function without arguments
/// that makes an empty database; its answer is kept until the scenario ends, and lends the store
/// by a method `store`.
#[macro_export]
macro_rules! store_contract {
    ($open:path) => {
        $crate::store_contract! { @ $open;
            incidents: [
                numbers_follow_each_other_in_each_company,
                a_refused_report_leaves_no_gap,
                many_reports_at_once_leave_no_gap,
                a_race_of_claims_has_one_winner,
                a_stale_decision_leaves_nothing_behind,
                an_update_is_handled_once,
                a_message_makes_one_incident,
                an_album_makes_one_incident,
                stored_events_add_up_to_the_stored_incident,
                lists_show_what_concerns_a_person_or_a_department,
                lists_come_in_pages_newest_first,
                the_newest_of_a_group_come_first,
                a_sweep_sees_each_open_incident_once,
                deadlines_come_in_order_and_are_replaced,
                nobody_owns_what_somebody_owns,
                versions_count_events,
            ]
            outbox: [
                newer_words_take_the_place_of_waiting_ones,
                an_edit_replaces_an_edit_of_the_same_message,
                words_that_changed_since_they_were_looked_up_are_sent_as_they_are_now,
                a_retry_gives_way_to_newer_words,
                each_chat_speaks_in_order,
                a_head_that_is_not_due_holds_its_chat_back,
                pages_go_first,
                a_crash_leaves_doubt,
                those_who_can_be_reached_are_told_privately,
                a_redirected_message_becomes_a_mention,
                a_card_is_remembered_and_forgotten,
                an_upgraded_chat_takes_everything_along,
                what_was_said_is_known_by_its_message,
                a_prompt_waits_for_its_answer,
                a_prompt_that_may_have_arrived_is_found,
                settling_twice_changes_nothing,
                a_dead_row_waits_no_longer,
            ]
            thrift: [
                a_pin_and_the_unpin_that_takes_it_back_are_not_sent,
                newer_words_make_nothing_less_urgent,
                those_who_hear_the_same_in_the_group_hear_it_together,
                redirected_messages_with_the_same_words_become_one,
                what_was_sent_lately_and_what_rests_is_known,
            ]
            groups: [
                a_new_group_has_what_it_was_given,
                a_chat_has_one_group,
                a_group_is_read_as_it_was_written,
                departments_are_read_as_they_were_written,
                roles_are_read_as_they_were_written,
                configuration_moves_the_version,
                nothing_else_moves_the_version,
                configuration_of_nothing_is_refused,
                a_join_request_waits_until_it_is_answered,
                an_upgraded_chat_supplants_a_newcomer,
                a_group_comes_under_another_company,
                a_company_with_a_past_is_not_left,
            ]
            people: [
                a_person_is_known_as_last_seen,
                a_choice_outweighs_a_sighting,
                a_username_belongs_to_one_person,
                many_people_are_read_at_once,
                a_person_is_found_in_active_groups_only,
                a_forgotten_person_leaves_a_number,
                who_left_is_seen_no_more,
                a_home_is_chosen_and_forgotten,
                untidy_names_are_kept,
            ]
            held: [
                what_is_held_back_holds_nothing_up,
                nudges_that_are_held_back_become_one,
                what_turns_out_critical_is_held_back_no_longer,
                what_is_moot_is_not_said,
            ]
            away: [
                late_words_become_one_message,
                two_late_words_stay_what_they_are,
                what_is_given_up_was_told_to_nobody,
                whom_one_message_does_not_reach_is_known_of_each_word,
            ]
            duty: [
                duty_is_read_as_it_was_written,
                duty_moves_the_version,
                duty_ends_with_membership,
                a_forgotten_person_has_no_duty,
            ]
            requests: [
                a_place_has_one_code,
                a_visit_is_the_last_one,
                work_that_comes_again_is_kept,
                a_report_waits,
            ]
            calls: [
                whom_a_call_does_not_reach_is_known_until_it_is_noted,
                who_was_told_and_when_is_remembered,
                what_would_call_nobody_is_found,
            ]
            dashboard: [
                a_link_begins_one_session,
                who_is_forgotten_is_signed_out,
                the_board_shows_what_presses_first,
                the_board_is_filtered,
            ]
            running: [
                a_run_tells_how_the_last_one_ended,
                an_update_put_aside_has_its_verdict,
                what_is_old_is_pruned,
                an_agenda_is_kept_until_it_is_due,
                what_waits_is_counted,
                what_the_store_cannot_do_is_not_its_absence,
            ]
        }
    };
    (@ $open:path; $($topic:ident: [$($scenario:ident,)*])*) => {$(
        mod $topic {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $scenario() {
                    let database = $open().await;
                    $crate::testing::store_contract::$topic::$scenario(database.store()).await;
                }
            )*
        }
    )*};
}
