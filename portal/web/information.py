"""Pages that say how the portal is run: accessibility and privacy."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.authorisation.gate import public

blueprint = Blueprint("information", __name__, url_prefix="/information")


@blueprint.get("/accessibility")
@public("an accessibility statement is for everybody (PSBAR 2018)")
def accessibility() -> ResponseReturnValue:
    return render_template("information/accessibility.html")


@blueprint.get("/privacy")
@public("how information is used is for everybody to read")
def privacy() -> ResponseReturnValue:
    return render_template("information/privacy.html")
