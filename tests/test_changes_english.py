"""Changing a session and connecting a group, in English."""

from __future__ import annotations


def test_a_session_is_moved_in_english(coach, clock):
    coach.says("English")
    assert coach.says("change session") == ["Which session?"]
    assert coach.taps("Wed 25 Nov, 19:00") == [
        "What about the session on Wed 25 Nov, 19:00?\n"
        "Threshold run\nImperial Palace, plaza by Sakuradamon"
    ]
    assert coach.taps("Change the time") == ["Pick the new time, or type it like “11/26 19:30”."]
    assert coach.says("Thu 7:30pm") == [
        "Shall I change it to this?\nClass: Sub-4 class\n"
        "Before: Wed 25 Nov, 19:00, Imperial Palace, plaza by Sakuradamon\n"
        "After: Thu 26 Nov, 19:30, Imperial Palace, plaza by Sakuradamon"
    ]
    assert coach.labels() == ["Announce it", "Change the time", "Change the place", "Cancel"]
    assert coach.taps("Announce it") == [
        "Changed. In a minute one correction goes to the group, and later reminders follow the "
        "new plan."
    ]


def test_a_session_is_cancelled_in_english(coach):
    coach.says("English")
    coach.says("cancel session")
    assert coach.taps("Wed 25 Nov, 19:00") == [
        "If there is a reason, send it (up to 100 characters). The group will read it."
    ]
    assert coach.says("typhoon") == [
        "Cancel the session on Wed 25 Nov, 19:00?\nClass: Sub-4 class\nReason: typhoon"
    ]
    assert coach.taps("Cancel") == ["All right, we'll leave it there. Any time you like."]


def test_a_notice_is_commented_skipped_and_sent_in_english(coach, clock):
    coach.says("English")
    coach.says("notice")
    assert coach.taps("Add a comment") == [
        "Send the comment for the notice (up to 300 characters). The whole group will read it."
    ]
    assert coach.taps("No comment")[0].startswith("I've removed the comment.")
    assert coach.taps("Skip this time") == [
        "It won't be sent this time. You can undo this until Mon 23 Nov, 19:30."
    ]
    assert coach.taps("Send it after all") == ["It goes out on Mon 23 Nov, 19:30 as planned."]
    coach.says("preview")
    assert coach.taps("Send it now") == ["Sent to the group. It won't go out again at its hour."]


def test_the_word_for_a_group_in_english(coach):
    coach.says("English")
    said = coach.says("connect group")
    assert said[0] == (
        "Here is the word for Sub-4 class. Invite Tasuki to the group and send the next line "
        "there. It works once, within 24 hours.\n"
        "Sub-4 class has a group already. Used in a new group, this word moves it there."
    )
    assert said[1].startswith("Tasuki ")
