"""What each survey platform writes beside the answers: how it is known, when and by whom a response was given."""

import re
from enum import StrEnum
from typing import NamedTuple


class Origin(StrEnum):
    """Where an export comes from."""

    KOBO = "kobo"
    SURVEYJS = "surveyjs"
    LIMESURVEY = "limesurvey"
    FORMS = "forms"
    WORKBOOK = "workbook"


class Platform(NamedTuple):
    """One platform's own columns, in small letters.

    `marks` are columns that no other platform writes; `own` are all that say nothing about the answers. `days` and
    `people` stand in, best first, where no question asks for the day or the respondent. `unseen` is what stands where
    a question was not shown.
    """

    marks: frozenset[str]
    own: re.Pattern[str]
    days: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    unseen: frozenset[str] = frozenset()
    hyphenated: bool = False
    """Whether a hyphen may join a group and its questions, as ODK Central has it."""


PLATFORMS: dict[Origin, Platform] = {
    Origin.KOBO: Platform(
        frozenset(
            {
                "_id",
                "_uuid",
                "_submission_time",
                "_xform_id_string",
                "__version__",
                "formhub/uuid",
                "meta/instanceid",
                "meta-instanceid",
                "submissiondate",
                "submitterid",
                "__id",
            }
        ),
        re.compile(
            r"_.*|(meta|formhub)[/-].*|__system/.*|start|end|today|deviceid|username|phonenumber|simserial|"
            r"subscriberid|audit|key|status|reviewstate|edits|formversion|submissiondate|submitter(id|name)|"
            r"attachments(present|expected)|instance(id|name)"
        ),
        ("today", "end", "_submission_time", "submissiondate", "__system/submissiondate"),
        hyphenated=True,
    ),
    Origin.SURVEYJS: Platform(
        frozenset({"happendat", "instanceid", "resultid"}),
        re.compile(r"happendat|instanceid|resultid|id|clientid|trackingid|pageno|locale"),
        ("happendat",),
    ),
    Origin.LIMESURVEY: Platform(
        frozenset(
            {"submitdate", "lastpage", "startlanguage", "response id", "date submitted", "last page", "start language"}
        ),
        re.compile(
            r"id|submitdate|lastpage|startlanguage|seed|token|startdate|datestamp|ipaddr|refurl|interviewtime|"
            r"grouptime\d*|response id|date submitted|last page|start language|date started|date last action|"
            r"ip address|referrer url|access code|total time|quota exit"
        ),
        ("submitdate", "date submitted", "datestamp", "date last action"),
        unseen=frozenset({"N/A"}),
    ),
    Origin.FORMS: Platform(
        frozenset({"timestamp", "start time", "completion time"}),
        re.compile(
            r"id|timestamp|start time|completion time|last modified time|email|email address|username|name|language|"
            r"score|total score|total points|quiz feedback|(points|feedback) - .*"
        ),
        ("completion time", "timestamp"),
        ("name", "email address", "username", "email"),
    ),
}
ELSEWHERE = Platform(frozenset(), re.compile(r"(?!)"))
"""A table that no platform is known to have written; a map says what its columns are."""
