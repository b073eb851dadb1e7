"""What differs between two translations is said in the words of the record."""

from escalation.translation.draft import Draft, Field, Loss, Question, Translation
from escalation.upkeep.difference import Difference, differences


def translation(*fields: tuple[str, str], lost: str = "", asked: str = "") -> Translation:
    made = tuple(
        Field(name=name, label=name.capitalize(), value=value, shown=value) for name, value in fields
    )
    return Translation(
        draft=Draft(tool="servicenow", record="Incident", fields=made),
        losses=(Loss(what=lost),) if lost else (),
        questions=(Question(field="x", prompt=asked),) if asked else (),
    )


def test_the_same_record_has_no_differences():
    same = translation(("impact", "1"), lost="A line is cut.")

    assert differences(same, same) == ()


def test_a_field_is_changed_added_or_gone():
    before = translation(("impact", "1"), ("category", "network"))
    after = translation(("impact", "2"), ("channel", "phone"))

    assert differences(before, after) == (
        Difference(label="Impact", before="1", after="2"),
        Difference(label="Channel", before="", after="phone"),
        Difference(label="Category", before="network", after=""),
    )


def test_losses_and_questions_that_come_or_go_are_named():
    found = differences(translation(lost="Cut."), translation(asked="Which item?"))

    assert found == (
        Difference(label="Lost", before="Cut.", after=""),
        Difference(label="Asked", before="", after="Which item?"),
    )
