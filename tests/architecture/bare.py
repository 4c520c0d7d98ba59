"""An application that has the portal's routes and nothing else: to know them before there is a database."""

from flask import Flask


def bare_app(blueprints) -> Flask:
    bare = Flask("bare", static_folder=None)
    for blueprint in blueprints:
        bare.register_blueprint(blueprint)
    return bare
