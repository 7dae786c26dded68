"""The blueprint of all addresses that programs read."""

from flask import Blueprint

bp = Blueprint("feeds", __name__)
