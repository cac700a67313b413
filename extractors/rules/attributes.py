"""What a rule may say of itself beyond its pattern."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ATTRIBUTES: Final[Mapping[str, type]] = {
    "action": str,  # the act that is done, whatever the verb
    "role": str,  # the role of whom the rule names, where none is printed
    "mention_type": str,  # the type of its mentions
    "explicit": bool,  # its own verb says that an act is done: an office vouches for a name that is also a word
    "not_second": bool,  # it does not read the second act of a sentence, whose persons the first has named
    "under_removal": bool,  # it reads lines under a verb of removal alone
    "needs_office": bool,  # it makes rows only with an office
    "without_office": bool,  # it makes rows without an office
    "former_office": bool,  # its office has ended: the words that say so are no part of it
    "may_be_duty": bool,  # a post in a working group makes its rows duties
    "honour": bool,  # the title of honour behind its names is their role
    "office_is_role": bool,  # the office beside the name is the role, before the verb
    "no_word_in_front": bool,  # without an office or a form of address its names do not begin with a word (单位主管)
    "word_behind": bool,  # a word of the dictionary stands right behind its names
    "office_above": bool,  # its name stands alone: the office may stand on the line above
    "agency_in_front": bool,  # the agency may stand in front of the office that it finds
    "full_name": bool,  # it takes no single name of two characters
    "by": bool,  # it begins with the preposition of the agent
    "running_text": bool,  # its mentions answer for their sentence, not for the stretch that they close
    "to_end_of_names": bool,  # its list ends where a verb follows a name
    "standing": bool,  # it reads the numbers of standing rules alone
    "weak": bool,  # a bound behind the value, or a range, settles it instead
    "of_bare_scales": bool,  # it bounds a scale without a digit alone
    "of_terms": bool,  # it bounds lengths of time alone
    "not_of_days": bool,  # behind days it says what was done
    "of_multiples": bool,  # it bounds multiples and shares whose noun or case follows alone
    "of_parts": bool,  # it bounds values that are parts of something alone (三分之一)
    "names": str,  # what the subject is called, whatever the words
    "short": bool,  # the places in front of the name that it finds are no part of it
    "whole": bool,  # the name that it finds stands with its places
    "takes_places": bool,  # a place in its list is an agency
}
"""Its name and type: code asks for these and never for a rule's id."""
