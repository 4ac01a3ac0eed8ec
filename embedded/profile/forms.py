"""The form about oneself."""

from embedded.nhsuk.forms import NhsForm, TextField


class DetailsForm(NhsForm):
    """How others here see and reach somebody."""

    display_name = TextField(
        "Your name",
        hint="As people here know you, with a title if you use one",
        called="your name",
        max_length=120,
        autocomplete="name",
    )
    pronouns = TextField("Pronouns", required=False, max_length=40, width=20)
    job_title = TextField("Job title", required=False, max_length=120, autocomplete="organization-title")
    phone = TextField("Telephone number", required=False, max_length=40, width=20, autocomplete="tel")
