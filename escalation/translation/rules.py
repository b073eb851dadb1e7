"""What does the company want of a route's translation, beyond what every company wants?

Data an owner edits without code; code knows the tool, rules know the company. Pydantic models at the
codec edge: ``Rules.model_validate(json)`` names the path of whatever does not fit.
"""

from pydantic import BaseModel, ConfigDict, Field

from escalation.knowledge.words import Level
from escalation.translation.statuses import Place, Word


class Rules(BaseModel):
    """The settings of one published version of a route's rules."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    defaults: dict[str, str] = Field(
        default_factory=dict, description="Tool field name to the value it gets when nothing else fills it."
    )
    values: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="Tool field name to a table from our word to the tool's value."
    )
    fill_at: float = Field(
        default=0.6, ge=0, le=1, description="A link at least this sure is filled in; below it is asked."
    )
    ask_at: float = Field(default=0.05, ge=0, le=1, description="A link below this is not even offered.")
    default_impact: Level = Level.MEDIUM
    default_urgency: Level = Level.MEDIUM
    work_note: bool = Field(
        default=True, description="Write the assessment as the record's first internal note."
    )
    rich_note: bool = Field(
        default=False,
        description="Write that note as the card with headings, where the tool shows HTML in its notes.",
    )
    answer_links: bool = Field(
        default=False,
        description="Write links into the record by which its readers answer without an account.",
    )
    statuses: dict[Place, dict[Word, str]] = Field(
        default_factory=dict,
        description="Where (record, later, source) to what has become of it to the tool's status there.",
    )
    language: str = Field(
        default="en", pattern="^(en|de|fr|es|ja)$", description="Language of the sayable lines."
    )
    wording: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="Meaning to language to the line that is said instead of ours."
    )
