"""Which versions of a questionnaire the rows of a table were recorded with, and whether that goes together."""

from collections.abc import Mapping, Sequence

from allycheck.analysis.cohort.members import VERSION
from allycheck.errors import Fault
from allycheck.fields import version_key
from allycheck.questionnaire import Questionnaire
from allycheck.text import count, listing, shown


def version_faults(
    versions: Mapping[str, int], questionnaire: Questionnaire, by: Sequence[str], where: str
) -> list[Fault]:
    """Faults of rows of different versions that are not grouped by version, and of newer major ones."""
    faults = [
        Fault(f"recorded with version {shown(one)}, but this questionnaire is {questionnaire.version}",
              where=where, hint="use a newer questionnaire or a newer allycheck")
        for one in versions
        if not _readable(one, questionnaire.version)
    ]  # fmt: skip
    if len(versions) > 1 and VERSION not in by:
        found = listing(f"{count(n, 'row')} of {shown(one)}" for one, n in versions.items())
        faults.append(Fault(f"different versions of the questionnaire: {found}", where=where,
                            hint="take one, or split them: --by version"))  # fmt: skip
    return faults


def _readable(version: str, own: str) -> bool:
    try:
        return version_key(version)[:1] <= version_key(own)[:1]
    except ValueError:
        return False
