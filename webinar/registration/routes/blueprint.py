"""The blueprint of registering."""

from flask import Blueprint

bp = Blueprint("registration", __name__)
