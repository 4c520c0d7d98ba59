"""The practice's pages, all of one blueprint."""

from flask import Blueprint

blueprint = Blueprint("reports", __name__)
