"""Which versions of a questionnaire the rows of a table were recorded with, and whether that goes together."""

from collections.abc import Mapping, Sequence

from allycheck.analysis.cohort.members import VERSION
from allycheck.errors import Fault
from allycheck.fields import version_key
from allycheck.language import _, ngettext
from allycheck.questionnaire import Questionnaire
from allycheck.text import listing, shown


def version_faults(
    versions: Mapping[str, int], questionnaire: Questionnaire, by: Sequence[str], where: str
) -> list[Fault]:
    """Faults of rows of different versions that are not grouped by version, and of newer major ones."""
    newer = _("recorded with version {answered}, but this questionnaire is {version}")
    hint = _("use a newer questionnaire or a newer allycheck")
    faults = [
        Fault(newer.format(answered=shown(one), version=questionnaire.version), where=where, hint=hint)
        for one in versions
        if not is_readable(one, questionnaire)
    ]
    if len(versions) > 1 and VERSION not in by:
        found = [
            ngettext("{number} row of {version}", "{number} rows of {version}", n).format(number=n, version=shown(one))
            for one, n in versions.items()
        ]
        what = _("different versions of the questionnaire: {versions}").format(versions=listing(found))
        faults.append(Fault(what, where=where, hint=_("take one, or split them: --by version")))
    return faults


def is_readable(version: str, questionnaire: Questionnaire) -> bool:
    """Whether answers of this version can be read: those of a newer major one can't."""
    try:
        return version_key(version)[:1] <= version_key(questionnaire.version)[:1]
    except ValueError:
        return False
