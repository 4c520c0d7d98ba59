"""The forms of signing in."""

from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import InputRequired

from portal.web.forms import PortalForm


class SignInForm(PortalForm):
    email = StringField("E-mail address", [InputRequired("Enter your e-mail address")])
    password = PasswordField("Password", [InputRequired("Enter your password")])


class CodeForm(PortalForm):
    code = StringField(
        "Six-digit code",
        [InputRequired("Enter the code from your authenticator app")],
        description="From your authenticator app. A new code comes every 30 seconds.",
    )


class ActingForm(PortalForm):
    membership = RadioField(
        "For whom do you act?", [InputRequired("Choose for whom you act")], validate_choice=True
    )
